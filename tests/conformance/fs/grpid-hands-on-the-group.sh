# fs: with grpid new files of ext4 have their directory's group
mkdir d; chgrp 5 d; touch d/a; mount -o remount,grpid /; touch d/b; mkdir d/c; stat -c '%n %g %a' d/*; mount -o remount,nogrpid /; touch d/e; stat -c %g d/e
