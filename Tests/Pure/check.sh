#!/bin/sh
# SPDX-License-Identifier: MIT
# Compiles PostureCore, HAL and Drivers as Embedded Swift for a bare-metal target, without allocations: what imports an
# operating system, or could allocate on the way of a sample, does not compile.
set -eu
cd "$(dirname "$0")/../.."
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

compile() {
  swiftc -target aarch64-none-none-elf -swift-version 6 -enable-experimental-feature Embedded -enable-experimental-feature Lifetimes \
    -wmo -O -no-allocations -warnings-as-errors -package-name postured -parse-as-library -I "$out" "$@"
}
module() {
  compile -module-name "$1" -emit-module -emit-module-path "$out/$1.swiftmodule" "Sources/$1"/*.swift
  compile -module-name "$1" -c "Sources/$1"/*.swift -o "$out/$1.o"
}

# Generics are checked where they are made concrete: the entry file belongs to the last module, because the compiler does not
# see the deinit of another module's generic type.

module PostureCore
module HAL
compile -module-name Drivers -c Sources/Drivers/*.swift Sources/Drivers/Chips/*.swift Tests/Pure/entry.swift -o "$out/Drivers.o"
echo "pure: PostureCore, HAL and Drivers compile as Embedded Swift without allocations"
