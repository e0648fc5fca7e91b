# SPDX-License-Identifier: MIT
# The life of a repository: two hundred files, commits, branches, merges, and what is asked of it.
set -euo pipefail
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_PAGER=cat HOME=$PWD
export GIT_AUTHOR_NAME=Someone GIT_AUTHOR_EMAIL=someone@example.org GIT_AUTHOR_DATE="2026-01-01T00:00:00Z"
export GIT_COMMITTER_NAME=Someone GIT_COMMITTER_EMAIL=someone@example.org GIT_COMMITTER_DATE="2026-01-01T00:00:00Z"

git init -q -b main repository
cd repository
# Which deltas threads find depends on how they are scheduled.
git config pack.threads 1
git config gc.auto 0
for ((i = 0; i < 200; i++)); do
  mkdir -p "folder$((i % 17))"
  seq "$i" "$((i + 10 + i % 90))" >"folder$((i % 17))/file$i"
done
git add .
git commit -q -m "Two hundred files"
for branch in left right; do
  git checkout -q -b $branch main
  for ((i = 0; i < 8; i++)); do
    echo "$branch $i" >>"folder$i/$branch"
    sed -i "5s/.*/$branch/" "folder$i/file$((i + (${#branch} - 4) * 17))"
    git add -A
    git commit -q -m "$branch, step $i"
  done
done
git checkout -q main
git merge -q --no-ff -m "Merge left" left
git merge -q --no-ff -m "Merge right" right
git tag -a -m "A release" v1
git mv folder3 renamed
git rm -q folder5/file5
git commit -q -m "Move and remove"
git log --stat --graph --format="%H %s %D"
git diff --stat -M main~1 main
git diff main~3 main | git hash-object --stdin
git blame -s renamed/file3 | head -n 12
git grep -c right | head -n 20
git stash list
git rebase -q --onto left~2 main~1 main 2>/dev/null || git rebase --abort
git checkout -q -B main v1
git gc -q --prune=now
git fsck --full --strict
git count-objects -v
git clone -q . ../clone
git -C ../clone log --oneline | tail -n 3
git bundle create -q ../bundle main
git archive --format=tar v1 | git hash-object --stdin
git verify-pack -v .git/objects/pack/*.idx | tail -n 3
