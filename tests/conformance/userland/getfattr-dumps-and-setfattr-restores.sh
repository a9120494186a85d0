# userland: getfattr -R -d, encodings, names; setfattr --restore
touch f 'sp ace'; mkdir -p d/e; touch d/e/x; setfattr -n user.a -v 1 f; setfattr -n user.c -v 0x0102ff f; setfattr -n user.d -v 0saGVsbG8= f; setfattr -n user.b f; setfattr -n user.y -v 2 d/e d/e/x; setfattr -n user.s -v 3 'sp ace'
getfattr -d f; getfattr -Rd d; getfattr -Rd ./d; getfattr -Rd $PWD/d; getfattr --absolute-names -Rd $PWD/d; cd d; getfattr -Rd .; getfattr -d ./e; cd ..
getfattr -e bogus f; echo $?; getfattr -d -e hex f; getfattr --only-values -n user.d f; echo; getfattr -d -m '^user.[ab]' f
getfattr -d f > dump; setfattr -x user.a f; setfattr -x user.c f; setfattr --restore=dump; echo $?; getfattr -d f | cmp - dump; getfattr -Rd d > tree; setfattr -x user.y d/e; setfattr --restore=- < tree; getfattr -d d/e
echo junk | setfattr --restore=-; echo $?; setfattr --restore=nosuch; echo $?; printf '# file: nosuch\nuser.a=1\n' | setfattr --restore=-; echo $?; getfattr -d 'sp ace' | setfattr --restore=-; echo $?
