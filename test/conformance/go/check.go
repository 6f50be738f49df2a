// Command check judges a ledger folder with the transparency-log library of the Go project (golang.org/x/mod/sumdb),
// which shares no line with ours: the checkpoint's signature, the root over all entries, and the inclusion of every
// entry by the tiles.
//
//	check FOLDER VKEY
//
// It prints "ok <size> <root>" and ends with 0, or says what does not hold and ends with 1.
package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	tileHeight = 8
	tileWidth  = 1 << tileHeight
	// Up to this size every entry gets a proof of its own; above, one entry of each bundle, and every leaf hash.
	proveAllUpTo = 2000
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: check FOLDER VKEY")
		os.Exit(2)
	}
	tree, err := check(os.Args[1], os.Args[2])
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Printf("ok %d %s\n", tree.N, tree.Hash)
}

func check(dir, vkey string) (tlog.Tree, error) {
	tree, err := openCheckpoint(dir, vkey)
	if err != nil {
		return tree, fmt.Errorf("checkpoint: %v", err)
	}
	leaves, err := readLeaves(dir, tree.N)
	if err != nil {
		return tree, err
	}
	if err := checkRoot(tree, leaves); err != nil {
		return tree, err
	}
	return tree, checkInclusion(dir, tree, leaves)
}

// openCheckpoint verifies the log's signature (lines of keys it does not know, as cosignatures are, are ignored) and
// reads origin, size and root.
func openCheckpoint(dir, vkey string) (tlog.Tree, error) {
	var tree tlog.Tree
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return tree, err
	}
	message, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	if err != nil {
		return tree, err
	}
	opened, err := note.Open(message, note.VerifierList(verifier))
	if err != nil {
		return tree, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[3] != "" || lines[0] != verifier.Name() {
		return tree, fmt.Errorf("not origin, size, root: %q", opened.Text)
	}
	tree.N, err = strconv.ParseInt(lines[1], 10, 64)
	if err != nil || strconv.FormatInt(tree.N, 10) != lines[1] {
		return tree, fmt.Errorf("bad size %q", lines[1])
	}
	tree.Hash, err = tlog.ParseHash(lines[2])
	return tree, err
}

// readLeaves hashes every entry of the bundles.
func readLeaves(dir string, size int64) ([]tlog.Hash, error) {
	var leaves []tlog.Hash
	for first := int64(0); first < size; first += tileWidth {
		width := size - first
		if width > tileWidth {
			width = tileWidth
		}
		path := tilePath("entries", first/tileWidth, int(width))
		bundle, err := os.ReadFile(filepath.Join(dir, path))
		if err != nil {
			return nil, err
		}
		for i := int64(0); i < width; i++ {
			if len(bundle) < 2 || len(bundle) < 2+int(binary.BigEndian.Uint16(bundle)) {
				return nil, fmt.Errorf("%s: entry %d is cut off", path, i)
			}
			length := int(binary.BigEndian.Uint16(bundle))
			leaves = append(leaves, tlog.RecordHash(bundle[2:2+length]))
			bundle = bundle[2+length:]
		}
		if len(bundle) > 0 {
			return nil, fmt.Errorf("%s: bytes after its last entry", path)
		}
	}
	return leaves, nil
}

// checkRoot recomputes the root from the entries alone, without any tile.
func checkRoot(tree tlog.Tree, leaves []tlog.Hash) error {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			hashes[i] = stored[index]
		}
		return hashes, nil
	})
	for i, leaf := range leaves {
		hashes, err := tlog.StoredHashesForRecordHash(int64(i), leaf, reader)
		if err != nil {
			return err
		}
		stored = append(stored, hashes...)
	}
	root, err := rootOf(tree.N, reader)
	if err != nil {
		return err
	}
	if root != tree.Hash {
		return fmt.Errorf("the entries lead to root %s, the checkpoint says %s", root, tree.Hash)
	}
	return nil
}

// rootOf is tlog.TreeHash; older versions of the library have no hash for the empty tree.
func rootOf(size int64, reader tlog.HashReader) (tlog.Hash, error) {
	if size == 0 {
		return tlog.ParseHash("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
	}
	return tlog.TreeHash(size, reader)
}

// checkInclusion reads every leaf hash from the tiles and compares it with the entry's own, whose root was checked
// already: older versions of the library do not authenticate all of the tiles they read (CVE-2026-56865). Then it proves
// entries by the tiles.
func checkInclusion(dir string, tree tlog.Tree, leaves []tlog.Hash) error {
	reader := tlog.TileHashReader(tree, folder(dir))
	for first := int64(0); first < tree.N; first += tileWidth {
		var indexes []int64
		for n := first; n < first+tileWidth && n < tree.N; n++ {
			indexes = append(indexes, tlog.StoredHashIndex(0, n))
		}
		hashes, err := reader.ReadHashes(indexes)
		if err != nil {
			return err
		}
		for i, hash := range hashes {
			n := first + int64(i)
			if hash != leaves[n] {
				return fmt.Errorf("entry %d does not have the hash in its tile", n)
			}
			if i > 0 && tree.N > proveAllUpTo {
				continue
			}
			proof, err := tlog.ProveRecord(tree.N, n, reader)
			if err != nil {
				return fmt.Errorf("entry %d: %v", n, err)
			}
			if err := tlog.CheckRecord(proof, tree.N, tree.Hash, n, leaves[n]); err != nil {
				return fmt.Errorf("entry %d: %v", n, err)
			}
		}
	}
	return nil
}

// folder reads tiles of C2SP tlog-tiles, whose paths leave out the height that the library's own paths have.
type folder string

func (folder) Height() int { return tileHeight }

func (dir folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, tile := range tiles {
		bytes, err := os.ReadFile(filepath.Join(string(dir), tilePath(strconv.Itoa(tile.L), tile.N, tile.W)))
		if err != nil {
			return nil, err
		}
		data[i] = bytes
	}
	return data, nil
}

func (folder) SaveTiles(tiles []tlog.Tile, data [][]byte) {}

func tilePath(level string, n int64, width int) string {
	path := fmt.Sprintf("%03d", n%1000)
	for n /= 1000; n > 0; n /= 1000 {
		path = fmt.Sprintf("x%03d/%s", n%1000, path)
	}
	if width < tileWidth {
		path += fmt.Sprintf(".p/%d", width)
	}
	return "tile/" + level + "/" + path
}
