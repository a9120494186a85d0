# userland: ls -a -A -1 -r -S -t -R -d -F -p
mkdir -p a/b; touch .hidden a/b/c; echo 12345 > big; touch -d '2025-06-01 10:00' old
ls; echo --; ls -a; echo --; ls -A; echo --; ls -r; echo --; ls -S big a old; echo --
ls -t big old; echo --; ls -R a; echo --; ls -d a */; echo --; ls -F; ls -p; echo --; ls a/b a
ls -x
