#!/usr/bin/env bash
# debroot.sh FOLDER SUITE MAJOR [PACKAGE…]: PostgreSQL MAJOR of another Debian suite, and the daemons of packages, unpacked into
# FOLDER, with programs that run from there.
# Nothing is installed: apt keeps its lists in a folder of its own, no script of a package runs, and no root is needed.
# Prints the folder of the programs, as PG_BIN takes it.
set -euo pipefail
folder=$(realpath -m "$1") suite=$2 major=$3
packages=("${@:4}")
bin=$folder/usr/lib/postgresql/$major/bin
if [[ -e $folder/.ready ]]; then
    echo "$bin"
    exit
fi
apt=$folder.apt
rm -rf "$folder" "$apt"
mkdir -p "$folder" "$apt"/{state/lists/partial,cache/archives/partial,etc/apt.conf.d,etc/preferences.d,etc/sources.list.d,debs}
: > "$apt/state/status"

# The mirrors are those that this machine's apt already uses.
mirrors() {
    apt-get indextargets --format '$(REPO_URI) $(LABEL)' 'Created-By: Packages' 'Origin: Debian'
}
main=$(mirrors | awk '$2 == "Debian" && !seen {print $1; seen = 1}')
security=$(mirrors | awk '$2 == "Debian-Security" && !seen {print $1; seen = 1}')
if [[ -z $main ]]; then
    echo "apt knows no mirror of Debian: sudo apt-get update" >&2
    exit 1
fi
keys='[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]'
echo "deb $keys $main $suite main" > "$apt/etc/sources.list"
[[ -z $security ]] || echo "deb $keys $security $suite-security main" >> "$apt/etc/sources.list"
arch=$(dpkg --print-architecture)
cat > "$apt/apt.conf" << CONF
Dir::Etc "$apt/etc"; Dir::Etc::sourcelist "$apt/etc/sources.list"; Dir::Etc::sourceparts "$apt/etc/sources.list.d";
Dir::State "$apt/state"; Dir::State::status "$apt/state/status"; Dir::Cache "$apt/cache";
APT::Architecture "$arch"; APT::Architectures { "$arch"; }; APT::Install-Recommends "false"; APT::Sandbox::User "";
Acquire::Languages "none"; Acquire::Retries "3";
CONF
export APT_CONFIG=$apt/apt.conf
apt-get update -qq --error-on=any >&2

# Of its package's dependencies a server needs the libraries. There is no JIT without LLVM.
readonly LEFT_OUT='^(perl.*|libperl.*|debconf|cdebconf|python3.*|libpython3.*|locales.*|dpkg|tar|adduser|passwd|login.*|ucf|ssl-cert|openssl|sensible-utils|media-types|libllvm.*|libz3.*|init-system-helpers|sysvinit.*|lsb-base|postgresql-common.*|postgresql-client-common|logrotate|cron.*|systemd.*)$'
apt-get install -s "postgresql-$major" "${packages[@]}" | awk '/^Inst /{print $2}' | grep -vE "$LEFT_OUT" | sort -u > "$apt/list"
(cd "$apt/debs" && xargs apt-get download -qq < "$apt/list" >&2)
for deb in "$apt"/debs/*.deb; do
    dpkg-deb -x "$deb" "$folder"
done
rm -f "$folder/usr/lib/postgresql/$major/lib/llvmjit.so"

# The programs need the C library that they were built for. Each gets a wrapper that starts it by that library's own loader;
# LD_LIBRARY_PATH would reach the programs of this machine too.
libraries=$(find "$folder" -maxdepth 3 -type d -path '*/lib/*-linux-gnu*' | paste -s -d :)
loader=$(find "$folder" -type f -name 'ld-linux*.so.*' | head -n 1)
for program in "$bin"/* "${packages[@]/#/$folder/usr/sbin/}"; do
    [[ ! -L $program && $(head -c 4 "$program" | tr -d '\177') == ELF ]] || continue
    mv "$program" "$program.elf"
    cat > "$program" << WRAPPER
#!/bin/sh
exec "$loader" --argv0 "\$0" --library-path "$libraries" "$program.elf" "\$@"
WRAPPER
    chmod 755 "$program"
done
"$bin/postgres" --version >&2
rm -rf "$apt"
chmod -R a+rX "$folder"
touch "$folder/.ready"
echo "$bin"
