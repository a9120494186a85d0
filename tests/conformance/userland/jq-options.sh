# Options of jq, files and statuses.
t() { echo "--- $*"; jq "$@"; echo "[$?]"; }
printf '{"a":1,"b":[1,{"c":"x"}],"d":{},"e":[],"f":"é\\u0001","g":null,"h":true}\n' > f.json; printf '1 2\n"x"\n' > g.json; printf '[1,\n2' > bad.json; : > empty; printf 'l1\nl2\nl3' > lines; printf '# c\n.b |\n.[1].c\n' > prog.jq; printf '.a |\n foo' > bad.jq; mkdir d
t . f.json; t -c . f.json; t --tab .b f.json; t --indent 1 .b f.json; t --indent 8 .; t --indent; t -C . f.json; t -Cc . f.json; t -a .f f.json; t -r .f f.json; t -j '.a,.f,.g' f.json; t -S -c . g.json
t -cs . g.json g.json; t -nc '[inputs]' g.json; t -n 'input,input,input,input' g.json; t -R . lines; t -Rs . lines; t . empty; t -s -c . empty
t -e .g f.json; t -e .h f.json; t -e empty f.json; t -e .a.b f.json; t . bad.json; t -c . bad.json g.json; t . nope; t . g.json nope; t . nope g.json; t . d
t -f prog.jq f.json; t -f bad.jq f.json; t -f nope f.json; t -f d f.json; t f.json -f prog.jq
t --arg x; t -nc --arg x 1 --argjson y '{"z":2}' '[$x,$y,$ARGS.named]'; t -n --argjson x '{' '$x'; t -nc --slurpfile x g.json --rawfile y g.json '[$x,$y]'; t -n --slurpfile x nope '$x'; t -n --slurpfile x bad.json '$x'; t -nc '$ARGS' --args a b; t -nc '$ARGS' --jsonargs 1 '{"a":2}'; t -n '$x'
t --foo; t -z .; t -V; t -n -- 1; t -c --stream . f.json; t -c --stream . bad.json; t -cn --stream 'fromstream(1|truncate_stream(inputs))' f.json; t -n --seq 1,2; t --seq . g.json; t '[input_line_number,input_filename]' -c g.json; jq -h | head -3
FOO=bar jq -n '$ENV.FOO,env.FOO'; cat f.json | jq -r '.b[]|tostring'; JQ_COLORS='1;31:0;32' jq -cC . f.json; JQ_COLORS=x jq -cC .a f.json; jq -c '.b|length' f.json g.json; echo $?
