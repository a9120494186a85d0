# overlay: a user may do what the modes of the merged files allow; where the layers lie does not matter
chmod 755 .; mkdir -m 700 layers; cd layers; mkdir l u w; cd ..; mkdir m layers/l/pub layers/l/priv
cd layers/l; chmod 777 pub; echo s > priv/secret; chmod 700 priv; echo r > ro; echo o > own; chown user own
echo g > pub/theirs
cd ../..; mount -t overlay overlay -o lowerdir=layers/l,upperdir=layers/u,workdir=layers/w m
su user -c '
	cd /root/m; cat ro; echo x > ro; cat priv/secret; echo mine >> own; touch pub/new; rm pub/theirs; echo "status $?"
	ls pub; touch top; chmod 600 own; chown root own; rm ro; mkdir pub/d; chmod 1777 pub; ls ../layers'
stat -c '%U %a %n' m/own layers/u/own layers/u/pub/new layers/u/pub; chmod 1777 m/pub; touch m/pub/roots
su user -c 'rm -f /root/m/pub/roots'; cat m/own layers/l/own
