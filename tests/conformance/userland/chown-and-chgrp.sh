# userland: chown user, user:group, :group, -R, numbers; errors and who may
o() { stat -c '%U:%G %u:%g %n' "$@"; }; touch f; mkdir d; touch d/x; chown user f; o f
chown :user f; o f; chown 0:0 f; o f; chown user: f; o f; chown -R user:user d; o d d/x
chown 1234:5678 f; o f; chown nosuch f; echo "status $?"; chown root:nosuch f
chown; echo "status $?"; chown root; echo "status $?"; chown root nosuch; ls -l f | cut -d' ' -f3,4
chgrp user f; o f; chown -v root f; chown --from=nobody user f; o f; chmod 4755 f; chown user f
stat -c %a f; ln -s f l; chown -h user l; o l f
