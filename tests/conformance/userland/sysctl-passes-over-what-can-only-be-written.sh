# userland: sysctl passes over what can only be written
sysctl vm.drop_caches; echo $?; sysctl -n vm.compact_memory vm.swappiness; echo $?; sysctl -w vm.drop_caches=9; echo $?; sysctl -w vm.drop_caches=3; sysctl -N vm.drop_caches; sysctl -a 2>&1 | grep -c drop_caches; sysctl -ar 'vm.dr'; sysctl -b vm.drop_caches; sysctl vm | head -3;  sysctl kernel.random.uuid | wc -l
