// Checks what a Latchkey desk hands out about its log, with Go's own x/mod/sumdb and nothing of Latchkey's.
//
//	go run verify.go KEYS proof FILE            a .tlog-proof: that one act stands in the log
//	go run verify.go KEYS since OLD REQUEST     a longer checkpoint that goes on from an older one
//	go run verify.go KEYS tiles DIR             a whole log: every entry, every hash, the signed root
//
// KEYS is a file of verifier keys, one a line (`latchkey keyset export --log-keys`). Exit code 1: it does not hold.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
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

func read(name string) string {
	text, err := os.ReadFile(name)
	check(err)
	return string(text)
}

// verifiers reads the keys that are believed.
func verifiers(file string) note.Verifiers {
	var list []note.Verifier
	for _, line := range strings.Fields(read(file)) {
		v, err := note.NewVerifier(line)
		check(err)
		list = append(list, v)
	}
	return note.VerifierList(list...)
}

// head opens a checkpoint: origin, size and root, signed by one of the keys.
func head(text string, keys note.Verifiers) tlog.Tree {
	opened, err := note.Open([]byte(text), keys)
	check(err)
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != opened.Sigs[0].Name {
		check(fmt.Errorf("not a checkpoint of the log that signed it"))
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	return tlog.Tree{N: size, Hash: hash(lines[2])}
}

func hash(line string) (h tlog.Hash) {
	bytes, err := base64.StdEncoding.DecodeString(line)
	if err == nil && len(bytes) != len(h) {
		err = fmt.Errorf("%q is no hash", line)
	}
	check(err)
	copy(h[:], bytes)
	return h
}

// proof checks a C2SP tlog-proof. The entry itself stands in its `extra` line.
func proof(text string, keys note.Verifiers) {
	parts := strings.SplitN(text, "\n\n", 2)
	lines := strings.Split(parts[0], "\n")
	if len(parts) != 2 || len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		check(fmt.Errorf("not a tlog-proof with its entry"))
	}
	entry, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	check(err)
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	check(err)
	var path tlog.RecordProof
	for _, line := range lines[3:] {
		path = append(path, hash(line))
	}
	tree := head(parts[1], keys)
	check(tlog.CheckRecord(path, tree.N, tree.Hash, index, tlog.RecordHash(entry)))
	fmt.Printf("entry %d of %d: %s\n", index, tree.N, entry)
}

// since checks what a witness is asked with: "old N", the proof, and the longer checkpoint.
func since(old tlog.Tree, text string, keys note.Verifiers) {
	parts := strings.SplitN(text, "\n\n", 2)
	lines := strings.Split(parts[0], "\n")
	if len(parts) != 2 || lines[0] != fmt.Sprintf("old %d", old.N) {
		check(fmt.Errorf("not a proof from %d entries on", old.N))
	}
	var path tlog.TreeProof
	for _, line := range lines[1:] {
		path = append(path, hash(line))
	}
	tree := head(parts[1], keys)
	check(tlog.CheckTree(path, tree.N, tree.Hash, old.N, old.Hash))
	fmt.Printf("%d entries go on from %d\n", tree.N, old.N)
}

// folder reads tiles of C2SP tlog-tiles; Go's own layout names the height too ("tile/8/0/…").
type folder string

func (dir folder) Height() int                          { return 8 }
func (dir folder) SaveTiles(_ []tlog.Tile, _ [][]byte) {}
func (dir folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range tiles {
		name := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		data, err := os.ReadFile(filepath.Join(string(dir), name))
		if err != nil {
			return nil, err
		}
		found = append(found, data)
	}
	return found, nil
}

// tiles checks a whole exported log.
func tiles(dir string, keys note.Verifiers) {
	tree := head(read(filepath.Join(dir, "checkpoint")), keys)
	reader := tlog.TileHashReader(tree, folder(dir))
	// TileHashReader compares every tile with the signed root before it gives a hash out.
	for n := int64(0); n < tree.N; {
		width := tree.N - n
		if width > 256 {
			width = 256
		}
		tile := tlog.Tile{H: 8, L: 0, N: n / 256, W: int(width)}
		name := strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1)
		bundle := []byte(read(filepath.Join(dir, name)))
		var indexes []int64
		for i := n; i < n+width; i++ {
			indexes = append(indexes, tlog.StoredHashIndex(0, i))
		}
		known, err := reader.ReadHashes(indexes)
		check(err)
		for _, want := range known {
			if len(bundle) < 2 || len(bundle) < 2+int(binary.BigEndian.Uint16(bundle)) {
				check(fmt.Errorf("%s is cut", name))
			}
			end := 2 + int(binary.BigEndian.Uint16(bundle))
			got := tlog.RecordHash(bundle[2:end])
			if !bytes.Equal(got[:], want[:]) {
				check(fmt.Errorf("entry %d of %s is not what was signed", n, name))
			}
			bundle = bundle[end:]
			n++
		}
		if len(bundle) != 0 {
			check(fmt.Errorf("%s is too long", name))
		}
	}
	if tree.N > 0 {
		root, err := tlog.TreeHash(tree.N, reader)
		check(err)
		if root != tree.Hash {
			check(fmt.Errorf("the entries do not lead to the signed root"))
		}
	}
	fmt.Printf("%d entries, all signed\n", tree.N)
}

func main() {
	args := os.Args[1:]
	switch {
	case len(args) == 3 && args[1] == "proof":
		proof(read(args[2]), verifiers(args[0]))
	case len(args) == 4 && args[1] == "since":
		keys := verifiers(args[0])
		since(head(read(args[2]), keys), read(args[3]), keys)
	case len(args) == 3 && args[1] == "tiles":
		tiles(args[2], verifiers(args[0]))
	default:
		check(fmt.Errorf("usage: verify KEYS proof FILE | since OLD REQUEST | tiles DIR"))
	}
}
