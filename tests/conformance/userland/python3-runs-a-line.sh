# userland: the few things of Python that python3 -c knows
run() { echo "\$ $*"; "$@" </dev/null; echo "[$?]"; }
run python3 -c 'print(1/2, 7//2, -7//2, 7%3, -7%3, 2**10, 2**-1, 1e3, 10/5)'
run python3 -c 'print("a"*3, "x"+"y", [1,2,"c"], (1,), {"a":1}, None, True, 1.5)'
run python3 -c 'import os; print(os.getpid() > 0, os.getuid(), os.getcwd())'
run python3 -c 'x = []
for i in range(3):
    x.append("a"*10)
print(len(x), x[0], x[-1])'
run python3 -c 'import time; time.sleep(0.1); print("done")'
run python3 -c 'print(x)'
run python3 -c '1/0'
run python3 -c 'import nosuch'
run python3 -c 'print("%d %s" % (3, "x"), f"{1+1} {3:>5}")'
run python3 -c 'import sys; sys.exit(3)'
run python3 -c 'open("/nosuch")'
run python3 -c 'print(open("/etc/hostname").read())'
run python3 -c 'def f(a): return a+1
print(f(2))'
run python3 -c 'import socket; print(socket.gethostname())'
run python3 -c 'a = bytearray(10); print(len(a)); b = b"x"*3; print(b)'
run python3 -c 'raise SystemExit(2)'
run python3 -c 'print(" ".join(["a","b"]).upper().split())'
run python3 -c 'for i in range(2): print(i, end=" ")
print()'
run python3 -c 'import os; print(os.listdir("/proc/self/fd"))'
run python3 -c 'i=0
while True:
  i+=1
  if i > 5: break
print(i)'
run python3 -c "'a' + 1"
run python3 -c 'int("x")'
run python3 -c '[][1]'
run python3 -c '  x=1'
run python3 -c 'x = "a" * 1000000; y = bytearray(3000000); print(len(x), len(y))'
run python3 -c 'try:
    open("/nosuch/x", "w")
except OSError as e:
    print("caught", e)
finally:
    print("last")'
run python3 -c 'def f(n):
    return 1 if n < 2 else n * f(n - 1)
print(f(25), [i * i for i in range(5) if i % 2], sum(range(10)))'
run python3 -c 'd = {"a": 1}; d["b"] = [1.5, None]; print(d, "a" in d, d["b"][0]); d["c"]'
run python3 -c 'def f(): g()
def g(): return 1 + "x"
f()'
run python3 -c 'with open("/tmp/t", "w") as f: f.write("one\ntwo\n")
for line in open("/tmp/t").readlines(): print(line.strip().upper(), end=";")'
run python3 -c 'import sys, os
print(sys.argv, len(sys.argv))' a b
echo 'print(1 + 1)' | python3
run python3 nosuch.py
run python3 -c
