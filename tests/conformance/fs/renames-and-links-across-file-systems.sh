# fs: EXDEV for link and rename, which mv answers by copying
mkdir a b; mount -t tmpfs t b; echo x > a/f; ln a/f b/f; mv a/f b/f; ls a b; ln b/f a/f; cp -l b/f a/f; ln -s b/f a/s; cat a/s; cat b/f
mkdir a/d; touch a/d/1 a/d/2; mv a/d b; ls a b b/d; mv b/d a/; ls a/d; mv b a; ls; mkdir b/x; mount --bind a b/x; touch b/x/y; ln b/x/y a/z; mv b/x/y a/z; ls a
mkdir c; mount --bind a c; ln a/z c/w; mv a/z c/w; ls a; ln c/w c/v; stat -c %h a/v; rename z y a/*; umount c b/x b
mount --bind a a; touch a/q; ln a/q a/r; ls a; mv a/q q; ls; umount a
