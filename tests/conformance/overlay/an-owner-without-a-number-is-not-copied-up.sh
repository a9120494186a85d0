# overlay: in a user namespace, files of owners that are not mapped there stay below
chmod 755 /root; mkdir -p l/priv l/pub; echo s > l/priv/s; chmod 700 l/priv; echo p > l/pub/p; chmod 666 l/pub/p
mkdir /home/user/{u,w,m}; chown user /home/user/{u,w,m}; cat > /tmp/t <<'S'
mount -t overlay o -o userxattr,lowerdir=/root/l,upperdir=u,workdir=w m; ls -ln m; ls m/priv; cat m/pub/p
echo q >> m/pub/p; chmod 600 m/pub/p; touch m/pub/n; rm m/pub/p; rm -r m/priv; touch m/x; ls -n u
S
su user -c 'cd /home/user; unshare -rm sh /tmp/t'; ls -n /home/user/u
