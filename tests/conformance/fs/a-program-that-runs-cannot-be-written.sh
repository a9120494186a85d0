# fs: ETXTBSY, whatever the name, until nobody runs it; and a file being written cannot be run
cp /bin/sleep s; ./s 60 & sleep 0.5
echo x > s; echo $?; cp /bin/true s; echo $?; truncate -s 3 s; echo $?; echo x >> s; echo $?; cat s | wc -c | grep -c .
mv s t; echo y > s; echo $?; echo >> t; ln t u; echo >> u; cp --remove-destination /bin/true u; ./u; echo $?; rm t; kill %1; wait %1; echo $?
cp /bin/true v; exec 3>>v; ./v; echo $?; exec 3>&-; ./v; echo $?; exec 3<>v; ./v; echo $?; exec 3<v; ./v; echo $?
