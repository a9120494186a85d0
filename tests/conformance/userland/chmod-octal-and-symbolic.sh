# userland: chmod modes: octal, u+x, =, X, s, t, -R, --reference; errors
m() { stat -c '%a %A' "$@"; }; touch f; mkdir d; chmod 644 f; m f; chmod u+x,g-r,o=w f; m f
chmod +x f; m f; chmod a-x f; m f
chmod 0 f; m f; chmod u=rwx,go= f; m f; chmod u+s,g+s f; m f; chmod 1777 d; m d; chmod -t d; m d
touch d/i; chmod -R g+wX d; m d d/i; chmod --reference=f d; m d
chmod -v 600 f; chmod -c 600 f; chmod 888 f; echo "status $?"; chmod nosuch f
chmod 644; echo "status $?"; chmod; echo "status $?"; chmod 644 nosuch; echo "status $?"
chmod g=u,o=g f; m f; ln -s f l; chmod 640 l; m f; ln -s gone dl; chmod 600 dl; chmod -x f
umask 077; chmod +rw f; m f; chmod =w f; m f
