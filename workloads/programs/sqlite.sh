#!/bin/sh
# SPDX-License-Identifier: MIT
# Becomes sqlite3, and performs statements.sql on an empty file, whatever an earlier run has left in it.
: >disk.db
exec sqlite3 :memory: '.read statements.sql'
