#!/bin/sh
# Patroni's callback: what this member now is, for kasbah-pooler.
case $1 in on_stop) role=stopped ;; *) role=$2 ;; esac
echo "$role" >/run/kasbah/role.new && mv /run/kasbah/role.new /run/kasbah/role
