# userland: numfmt and factor - numbers, formats, fields, mistakes
t() { echo "$ ${*@Q}"; "$@"; echo "[$?]"; }
for a in '12' '0' '1' '-5' 'x' '2147483647' '18446744073709551616' '1.5' '' '4 6' '+8' '0x10' '99999999999999999999999' '-h 12' '-h 8 360' '--exponents 1024' '--nosuch'; do t factor $a; done
printf '12 15\n7\n' | t factor
printf 'x\n7\n' | t factor
printf '' | t factor
t factor ''
for a in '--to=iec 1024' '--to=si 1000' '--to=iec-i 2048' '--from=iec 1K' '--from=si 1K' '--from=auto 1Ki' '--from=auto 1K' '--from=iec-i 1Ki' '--from=iec-i 1K' '--to=iec 1500' '--to=iec 1000000' '--to=si 1234567' '--round=up --to=si 1234' '--round=down --to=si 1267' '--round=nearest --to=si 1250' '--round=from-zero --to=si 1250' '--round=towards-zero --to=si -- -1250' '--round=bad 1' '--suffix=B --to=si 1000' '--suffix=B --from=si 1KB' '--padding=10 --to=si 1000' '--padding=-10 --to=si 1000' '--padding=0 1' '--padding=x 1' '--format=%f 1' '--format=%10.2f 3.14159' "--format=%'f 1234567" '--format=%-10f| 1' '--format=%010f 1' '--format=%d 1' '--format=x 1' '--format=%f%f 1' '--format=a%fb 1' '--grouping 1234567' '--from-unit=512 2' '--to-unit=1024 2048' '--to-unit=x 1' '--from-unit=1K 1' '--invalid=fail x' '--invalid=warn x 1' '--invalid=ignore x 1' '--invalid=abort x' '--invalid=bad 1' 'x' '1x' '1 2 3' '1K' '--from=none 1K' '--from=bad 1' '--to=bad 1' '--header=1 5' '--header=0 5' '--header=x' '-z 5' '--debug 5' '--dev-debug 5' '--to=si 999999' '--to=si 9999' '--to=iec 1048575' '--to=si 0.5' '--to=iec 10240' '--from=si 1.5K' '--from=si 1,5K' '--from=si -1.5K' '--to=si 1e3' '1e3' '--to=iec 18446744073709551616' '99999999999999999999999999999999999' '--field=x 1' '--nosuch' '-d' '--to=si --format=%.3f 1234567' '--to=si --format=%.1f 1234567' '1.' '.5' '-.5' '+1' '0x1' '--from=auto 1Kix'; do t numfmt $a; done
printf 'a 1000 2000\nb 3000 4000\n' > f
t numfmt --field=2 --to=si < f
t numfmt --field=2,3 --to=si < f
t numfmt --field=2- --to=si < f
t numfmt --field=- --to=si --invalid=ignore < f
t numfmt --field 3 --to=si --header < f
t numfmt -d ' ' --field 3 --to=si < f
printf 'a:1000\n' | t numfmt -d: --field=2 --to=iec
printf '1000\n\n2000\n' | t numfmt --to=si
printf '  1000  x\n' | t numfmt --to=si
