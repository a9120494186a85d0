# fs: ENOENT and ENOTDIR come from the component where the walk stops
mkdir -p d/e; echo x > d/f
cat d/none/x d/f/x d/f/ d/f/. d/f/.. none/ ''
ls d/e/../f/.. d/e/none/..
mkdir d/none/x d/f/x none/a/b; rmdir d/none d/f d/none/x d/f/x
touch d/f/ none/; ln -s d/f l; cat l/ l/.; ln -s none dangling; cat dangling dangling/; ls -d dangling; ls dangling/
mkdir dangling; echo y > dangling/x; rmdir l; rm l/; mv d/f/ x; mv d/e none2/; ls; mv none2 d/f/
cd d/f; cd none; cd dangling
stat d//e///; stat -c %n d/./e/../f d/e/./
