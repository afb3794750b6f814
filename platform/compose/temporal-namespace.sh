#!/bin/sh
# Creates the namespace unless it is there. A server that has just started answers before it can do so: this is tried for two minutes.
set -eu

tries=0
until temporal operator namespace describe --namespace "$NAMESPACE" >/dev/null 2>&1 ||
  temporal operator namespace create --namespace "$NAMESPACE" --retention 720h; do
  tries=$((tries + 1))
  if [ "$tries" -ge 60 ]; then exit 1; fi
  sleep 2
done
