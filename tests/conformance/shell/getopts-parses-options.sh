# shell: options with arguments, OPTIND, unknown options, silent mode
p() { local OPTIND o; while getopts 'ab:' o; do echo "$o ${OPTARG-}"; done; shift $((OPTIND-1)); echo "rest: $*"; }
p -a -b val x y; p -abval; p -b; p -z; p -- -a
q() { local OPTIND o; while getopts ':b:' o; do echo "$o $OPTARG"; done; }; q -z -b
