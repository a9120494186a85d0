# fs: EBUSY for mount points and roots, ENOTEMPTY and EEXIST for full directories
mkdir -p d/e f/g m; rmdir d f/. f/.. m/../m; rmdir /; ls; mkdir m; mount -t tmpfs t m; rmdir m; mv m n; rm -r m; mv -T d m; ls -d m; rm -d d; rm -r .; rm -r ..; rm -rf / 2>&1; rm -r /proc/1/.. 2>&1 | head -1
mkdir m/x; touch m/x/1; mkdir m/y; mv -T m/y m/x; mv -T m/x m/y; ls m/y; touch m/file; mv -T m/file m/y; mv -T m/y m/file; mv m/y m/file; cp -r m/y m/file; mv m/y m/y/z; mv m/y m/y; ls -R m/y | head -8
rmdir m/file; unlink m/y; rm m/y; rmdir -p d/e; ls -d d; umount m; rmdir m; ls
rmdir --ignore-fail-on-non-empty f; rmdir f/g f; ls
