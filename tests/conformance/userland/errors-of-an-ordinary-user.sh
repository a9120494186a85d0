# userland: permission denied in all its places
# user: 1
cat /etc/shadow; echo x > /etc/passwd; ls /root; cd /root; touch /x; mkdir /etc/d; rm /etc/hostname
rm -f /etc/hostname; mv /etc/hostname /tmp; cp /etc/shadow .; chown root .; chown user /etc/hosts
chmod 777 /tmp; ln -s x /usr/x; echo "status $?"; ln /etc/shadow s; kill 1
kill -9 1; echo "status $?"; find /root -name x; du -s /root; stat -c %n /root/.bashrc
grep root /etc/shadow; head -1 /etc/shadow; /root/x; sort /etc/shadow; tee /etc/x < /dev/null
rmdir /etc; ls -ld /root | cut -c1-10; exec < /etc/shadow; echo "status $?"
