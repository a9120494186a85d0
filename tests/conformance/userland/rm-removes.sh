# userland: rm -r -f -i -d -v and what it refuses
touch a b c; mkdir -p d/e; touch d/e/f
rm a; rm nosuch; echo "status $?"; rm -f nosuch; echo "status $?"; rm d; echo "status $?"; rm -r d
ls
mkdir m; rm -d m; rm -v b; rm; echo "status $?"; rm -f; echo "status $?"; mkdir n; rm -rv n
touch w; chmod 444 w; rm -f w; touch -- -x; rm -x; rm -- -x; rm .; rm -rf .
rm -r /; echo "status $?"; yes n | rm -i c 2>&1; echo; ls; rm -r ..
