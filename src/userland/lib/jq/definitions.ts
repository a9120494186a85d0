/** The builtins that are written in jq. jq: builtin.jq. */
import type { Definition } from './tree.ts'

const SOURCE = `
def error: error(.);
def halt_error: halt_error(5);
def map(f): [.[] | f];
def select(f): if f then . else empty end;
def values: select(. != null);
def nulls: select(. == null);
def booleans: select(type == "boolean");
def numbers: select(type == "number");
def strings: select(type == "string");
def arrays: select(type == "array");
def objects: select(type == "object");
def iterables: select(type | . == "array" or . == "object");
def scalars: select(type | . != "array" and . != "object");
def scalars_or_empty: select((type | . != "array" and . != "object") or length == 0);
def normals: select(isnormal);
def finites: select(isfinite);
def isfinite: type == "number" and (isinfinite | not);
def recurse(f): def again: ., (f | again); again;
def recurse(f; wanted): recurse(f | select(wanted));
def recurse: recurse(.[]?);
def recurse_down: recurse;
def add: reduce .[] as $it (null; . + $it);
def sort_by(f): _sort_by(map([f]));
def group_by(f): _group_by(map([f]));
def unique_by(f): _group_by(map([f])) | map(.[0]);
def unique: unique_by(.);
def min_by(f): _min_by(map([f]));
def max_by(f): _max_by(map([f]));
def to_entries: [keys_unsorted[] as $key | {key: $key, value: .[$key]}];
def from_entries: reduce (.[] | {(.key // .Key // .name // .Name): (if has("value") then .value else .Value end)})
  as $it ({}; . + $it);
def with_entries(f): to_entries | map(f) | from_entries;
def _modify(paths; f): reduce path(paths) as $path (.;
  label $done | (setpath($path; getpath($path) | f) | ., break $done), delpaths([$path]));
def _assign(paths; $value): reduce path(paths) as $path (.; setpath($path; $value));
def map_values(f): .[] |= f;
def del(f): delpaths([path(f)]);
def paths: path(..) | select(length > 0);
def paths(wanted): path(.. | select(wanted)) | select(length > 0);
def leaf_paths: paths(scalars);
def any(g; f): [label $done | foreach g as $it (false; if . then break $done else ($it | f | . and true) end;
  select(.))] | length > 0;
def all(g; f): [label $done | foreach g as $it (true; if . then ($it | f | . and true) else break $done end;
  select(. | not))] | length == 0;
def any(f): any(.[]; f);
def all(f): all(.[]; f);
def any: any(.);
def all: all(.);
def reverse: [.[length - 1 - range(0; length)]];
def indices($it): if type == "array" then .[if $it | type == "array" then $it else [$it] end]
  elif type == "string" and ($it | type == "string") then _indices($it) else .[$it] end;
def index($it): indices($it) | .[0];
def rindex($it): indices($it) | .[-1:][0];
def join($between): reduce .[] as $it (null; (if . == null then "" else . + $between end)
  + ($it | if type == "boolean" or type == "number" then tojson else . // "" end)) // "";
def _flatten($depth): reduce .[] as $it ([];
  . + if ($it | type) == "array" and $depth != 0 then $it | _flatten($depth - 1) else [$it] end);
def flatten($depth): if $depth < 0 then error("flatten depth must not be negative") else _flatten($depth) end;
def flatten: _flatten(-1);
def range($to): range(0; $to);
def range($from; $to; $by): def on: select(if $by > 0 then . < $to else . > $to end) | ., (. + $by | on);
  if $by == 0 then empty else $from | on end;
def while(f; next): def on: select(f) | ., (next | on); on;
def until(f; next): def on: if f then . else next | on end; on;
def repeat(f): def on: f, on; on;
def limit($n; g): if $n < 0 then g
  else label $done | foreach g as $it ($n; . - 1; $it, if . <= 0 then break $done else empty end) end;
def first(g): label $done | g | ., break $done;
def last(g): reduce g as $it (null; $it);
def isempty(g): first((g | false), true);
def nth($n; g): if $n < 0 then error("nth doesn't support negative indices") else last(limit($n + 1; g)) end;
def first: .[0];
def last: .[-1];
def nth($n): .[$n];
def combinations: if length == 0 then [] else .[0][] as $it | [$it] + (.[1:] | combinations) end;
def combinations(n): . as $it | [range(n) | $it] | combinations;
def transpose: . as $rows | [range(0; map(length) | max // 0) as $i | [$rows[] | .[$i]]];
def in(container): . as $key | container | has($key);
def inside(container): . as $it | container | contains($it);
def inputs: try repeat(input) catch if . == "break" then empty else error end;
def ascii_downcase: explode | map(if . >= 65 and . <= 90 then . + 32 else . end) | implode;
def ascii_upcase: explode | map(if . >= 97 and . <= 122 then . - 32 else . end) | implode;
def todate: strftime("%Y-%m-%dT%H:%M:%SZ");
def todateiso8601: todate;
def fromdateiso8601: strptime("%Y-%m-%dT%H:%M:%SZ") | mktime;
def fromdate: fromdateiso8601;
def _pattern($it): $it | type | if . == "string" then [$it, null] elif . == "array" and ($it | length) > 0
  then $it[:2] + [null] else error(. + " not a string or array") end;
def match($re; $flags): _match($re; $flags; false) | .[];
def match($it): _pattern($it) as [$re, $flags] | match($re; $flags);
def test($re; $flags): _match($re; $flags; true);
def test($it): _pattern($it) as [$re, $flags] | test($re; $flags);
def _named: reduce (.captures[] | select(.name != null)) as $it ({}; . + {($it.name): $it.string});
def capture($re; $flags): match($re; $flags) | _named;
def capture($it): _pattern($it) as [$re, $flags] | capture($re; $flags);
def scan($re): match($re; "g") | if .captures == [] then .string else [.captures[].string] end;
def splits($re; $flags): . as $text | [0, (match($re; "g" + $flags) | .offset, .offset + .length), ($text | length)]
  | range(0; length; 2) as $i | $text[.[$i]:.[$i + 1]];
def splits($re): splits($re; null);
def split($re; $flags): [splits($re; $flags)];
def _sub($re; f; $flags; $all): . as $text | [limit(1; match($re; $flags))] | if . == [] then $text else
  .[0] as $it | ($it.offset + $it.length) as $to | (if $it.length == 0 then $to + 1 else $to end) as $next
  | $text[:$it.offset] + ($it | _named | f)
  + (if $all and $next <= ($text | length) then $text[$to:$next] + ($text[$next:] | select(length > 0) // ""
     | if . == "" then . else _sub($re; f; $flags; true) end) else $text[$to:] end) end;
def sub($re; f; $flags): ($flags // "") as $flags
  | _sub($re; f; $flags | explode | map(select(. != 103)) | implode; $flags | contains("g"));
def sub($re; f): sub($re; f; "");
def gsub($re; f; $flags): sub($re; f; $flags + "g");
def gsub($re; f): sub($re; f; "g");
def truncate_stream(g): . as $n | null | g | select(.[0] | length > $n) | .[0] |= .[$n:];
def tostream: path(def leaves: (.[]? | leaves), .; leaves) as $path | getpath($path)
  | reduce path(.[]?) as $last ([$path, .]; [$path + $last]);
def fromstream(g): foreach g as $event (null;
  if . == null or .done then {done: false} else . end
  | if $event[0] == [] then {done: true, value: $event[1]}
    elif $event | length == 2 then setpath(["value"] + $event[0]; $event[1])
    else .done = ($event[0] | length == 1) end;
  select(.done and has("value")) | .value);
def bsearch($wanted): if length == 0 then -1 else . as $list | {from: 0, to: length}
  | until(.from >= .to; ((.from + .to) / 2 | floor) as $i
    | if $list[$i] < $wanted then .from = $i + 1 else .to = $i end)
  | .from as $i | if $list[$i] == $wanted and $i < ($list | length) then $i else -1 - $i end end;
def walk(f): (if type == "object" then . as $it | reduce keys_unsorted[] as $key ({}; . + {($key): ($it[$key] | walk(f))})
  elif type == "array" then map(walk(f)) else . end) | f;
def INDEX(g; key): reduce g as $row ({}; .[$row | key | if type == "string" then . else tojson end] = $row);
def INDEX(key): INDEX(.[]; key);
def JOIN($index; key): [.[] | [., $index[key]]];
def JOIN($index; g; key): g | [., $index[key]];
def JOIN($index; g; key; f): g | [., $index[key]] | f;
def IN(g): any(g == .; .);
def IN(source; g): any(source | IN(g); .);
`

/** The definitions by name and number of parameters; they are parsed when the first of them is wanted. */
export function definitions(
  parse: (source: string) => readonly Definition[],
): ReadonlyMap<string, Definition> {
  known ??= new Map(parse(SOURCE).map(it => [`${it.name}/${it.params.length}`, it]))
  return known
}
let known: ReadonlyMap<string, Definition> | undefined

/** Their names, without parsing them. */
export const definedNames = (): string[] =>
  [...SOURCE.matchAll(/^def (\w+)(?:\(([^)]*)\))?:/gm)].map(
    ([, name, params]) => `${name!}/${params === undefined ? 0 : params.split(';').length}`,
  )
