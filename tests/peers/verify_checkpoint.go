// Verifies a checkpoint and the leaves under it with Go's own x/mod/sumdb, and nothing of ours.
//
// usage: GOPATH=/usr/share/gocode GO111MODULE=off go run verify_checkpoint.go CHECKPOINT VKEY LEAVES
//
// LEAVES holds one leaf a line. tlog.ParseTree is not used: it insists on a "go.sum database tree".
package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "refused:", err)
		os.Exit(1)
	}
}

func main() {
	if len(os.Args) != 4 {
		check(fmt.Errorf("usage: verify_checkpoint CHECKPOINT VKEY LEAVES"))
	}
	signed, err := os.ReadFile(os.Args[1])
	check(err)
	verifier, err := note.NewVerifier(strings.TrimSpace(os.Args[2]))
	check(err)
	opened, err := note.Open(signed, note.VerifierList(verifier))
	check(err)
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() || lines[3] != "" {
		check(fmt.Errorf("the text is not origin, size and root"))
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	root, err := base64.StdEncoding.DecodeString(lines[2])
	check(err)

	data, err := os.ReadFile(os.Args[3])
	check(err)
	var leaves [][]byte
	if len(data) > 0 {
		leaves = bytes.Split(bytes.TrimSuffix(data, []byte("\n")), []byte("\n"))
	}
	if int64(len(leaves)) != size {
		check(fmt.Errorf("the checkpoint is over %d leaves, the file has %d", size, len(leaves)))
	}
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, 0, len(indexes))
		for _, index := range indexes {
			if index >= int64(len(stored)) {
				return nil, fmt.Errorf("no hash %d", index)
			}
			out = append(out, stored[index])
		}
		return out, nil
	})
	for n, leaf := range leaves {
		hashes, err := tlog.StoredHashes(int64(n), leaf, reader)
		check(err)
		stored = append(stored, hashes...)
	}
	tree, err := tlog.TreeHash(size, reader)
	check(err)
	if !bytes.Equal(tree[:], root) {
		check(fmt.Errorf("the root over the leaves is %s, the checkpoint's is %s", tree, lines[2]))
	}
	fmt.Fprintf(os.Stderr, "Go x/mod: %s, %d leaves, root %s\n", lines[0], size, tree)
}
