# ionice: classes, levels, targets, messages
h() { echo "### $*"; "$@"; echo "[$?]"; }
h ionice; h ionice -c 3 ionice; h ionice -c idle ionice; h ionice -c 2 -n 7 ionice; h ionice -c 1 -n 3 ionice; h ionice -c best-effort ionice; h ionice -n 0 ionice; h ionice -c 0 ionice; h ionice -c none -n 3 ionice; h ionice -c 3 -n 3 ionice
sleep 50 & p=$!; ionice -p $p; ionice -c 2 -n 6 -p $p; ionice -p $p $$; bash -c 'ionice -c 3 -p $$; ionice; (ionice)'
h ionice -c9 true; h ionice -p abc; h ionice -n 9 true; h ionice -p 99999; h ionice -t -c foo true; h ionice -n x true; h ionice -p 1 -u 0; h ionice nosuch; h ionice -c 2
su user -c 'ionice -c 1 true; echo $?; ionice -t -c 1 true; echo $?; ionice -c 3 -p 1; echo $?; ionice -c 2 -n 1 ionice'
