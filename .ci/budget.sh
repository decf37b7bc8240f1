# How long the gate takes, for `source`: each step, the parts that steps belong to, and what a part may take on two cores.
# The parts are compared with their budgets; the whole is held to its own, so that a noisy machine fails nothing.

if [[ -d target/debug ]]; then
    readonly STATE=warm WHOLE=1500
else
    readonly STATE=cold WHOLE=2700
fi
STEPS=()
PARTS=()
TOLD=
STEP=
PART=

part() {
    finish_part
    PART=$1 PART_BUDGET=$2 PART_BEGAN=$SECONDS
}

step() {
    finish_step
    STEP=$1 STEP_BEGAN=$SECONDS
    printf '\n== %s (after %d s)\n' "$*" "$SECONDS"
}

finish_step() {
    [[ -z $STEP ]] || STEPS+=("$STEP|$((SECONDS - STEP_BEGAN))")
    STEP=
}

finish_part() {
    finish_step
    [[ -z $PART ]] || PARTS+=("$PART|$((SECONDS - PART_BEGAN))|$PART_BUDGET")
    PART=
}

# Prints the table. Fails where the whole took too long.
budget() {
    local line name took most
    [[ -z $TOLD ]] || return 0
    TOLD=yes
    finish_part
    printf '\n%-52s %8s %8s\n' step seconds budget
    for line in "${STEPS[@]}"; do
        IFS='|' read -r name took <<< "$line"
        printf '%-52s %8d\n' "$name" "$took"
    done
    echo
    for line in "${PARTS[@]}" "the whole, $STATE|$SECONDS|$WHOLE"; do
        IFS='|' read -r name took most <<< "$line"
        printf '%-52s %8d %8d%s\n' "$name" "$took" "$most" "$( ((took <= most)) || echo '  over')"
    done
    printf '%-52s %8d\n' 'target/, MB' "$(du -sm target | cut -f1)"
    if ((SECONDS > WHOLE)); then
        echo "The gate took $SECONDS s, and its budget is $WHOLE s ($STATE)." >&2
        return 1
    fi
}
