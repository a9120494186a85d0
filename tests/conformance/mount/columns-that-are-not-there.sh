# mount: what util-linux says of a list of columns with a wrong, an empty or no name
for list in BOGUS TARGET,BOGUS,SOURCE TARGET, ,TARGET TARGET,,SOURCE '' 'TARGET BOGUS' +BOGUS target,source +propagation; do
  findmnt -o "$list" /; echo "$list: $?"
done
lsblk -o NAME,BOGUS,SIZE; lsns -o NS,; losetup -a -O NAME,BOGUS; prlimit -o RESOURCE,BOGUS; swapon --show=NAME,; lslocks -o PID,
