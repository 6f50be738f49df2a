package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	tileHeight = 8
	tileWidth  = 1 << tileHeight
)

// ledger is a folder under its newest checkpoint.
type ledger struct {
	tree   tlog.Tree
	leaves []tlog.Hash
	// stored are the hashes of all subtrees, in the library's order, computed from the entries alone.
	stored hashes
	// tiles are the same hashes as the tiles have them.
	tiles *remembered
}

func openLog(dir string, keys trusted) (*ledger, error) {
	message, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	if err != nil {
		return nil, err
	}
	tree, err := openCheckpoint(message, keys)
	if err != nil {
		return nil, fmt.Errorf("checkpoint: %v", err)
	}
	leaves, err := readLeaves(dir, tree.N)
	if err != nil {
		return nil, err
	}
	tiles := &remembered{inner: tlog.TileHashReader(tree, folder(dir)), known: map[int64]tlog.Hash{}}
	return &ledger{tree: tree, leaves: leaves, tiles: tiles}, nil
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
func (log *ledger) checkRoot() error {
	for i, leaf := range log.leaves {
		hashes, err := tlog.StoredHashesForRecordHash(int64(i), leaf, &log.stored)
		if err != nil {
			return err
		}
		log.stored = append(log.stored, hashes...)
	}
	root, err := rootOf(log.tree.N, &log.stored)
	if err != nil {
		return err
	}
	if root != log.tree.Hash {
		return fmt.Errorf("the entries lead to root %s, the checkpoint says %s", root, log.tree.Hash)
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

// checkInclusions reads every hash of the tiles and compares the leaves with the entries' own, whose root was checked
// already: older versions of the library do not authenticate all of the tiles they read (CVE-2026-56865). Then it proves
// every entry by what the tiles said.
func (log *ledger) checkInclusions() error {
	size := log.tree.N
	for first := int64(0); first < size; first += tileWidth {
		if err := log.readTile(first); err != nil {
			return err
		}
		for n := first; n < first+tileWidth && n < size; n++ {
			if log.tiles.known[tlog.StoredHashIndex(0, n)] != log.leaves[n] {
				return fmt.Errorf("entry %d does not have the hash in its tile", n)
			}
			proof, err := tlog.ProveRecord(size, n, log.tiles)
			if err != nil {
				return fmt.Errorf("entry %d: %v", n, err)
			}
			if err := tlog.CheckRecord(proof, size, log.tree.Hash, n, log.leaves[n]); err != nil {
				return fmt.Errorf("entry %d: %v", n, err)
			}
		}
	}
	return nil
}

// readTile reads, at once, the hashes of all subtrees within the tile of level 0 that begins with the leaf `first`.
func (log *ledger) readTile(first int64) error {
	var indexes []int64
	for level := 0; level < tileHeight; level++ {
		width := int64(1) << uint(level)
		for n := first; n < first+tileWidth && n+width <= log.tree.N; n += width {
			indexes = append(indexes, tlog.StoredHashIndex(level, n/width))
		}
	}
	_, err := log.tiles.ReadHashes(indexes)
	return err
}

// checkConsistency opens every checkpoint in a folder and proves, by the tiles, that each two of them, and each and the
// newest, are one log; and that the entries lead to each one's root. It answers how many proofs that were.
func (log *ledger) checkConsistency(saved string, key note.Verifier) (int, error) {
	files, err := os.ReadDir(saved)
	if err != nil {
		return 0, err
	}
	type named struct {
		name string
		tree tlog.Tree
	}
	trees := []named{{"checkpoint", log.tree}}
	for _, file := range files {
		message, err := os.ReadFile(filepath.Join(saved, file.Name()))
		if err != nil {
			return 0, err
		}
		tree, err := openCheckpoint(message, trusted{log: key})
		if err != nil {
			return 0, fmt.Errorf("%s: %v", file.Name(), err)
		}
		if tree.N > log.tree.N {
			return 0, fmt.Errorf("%s has %d entries, the log only %d", file.Name(), tree.N, log.tree.N)
		}
		trees = append(trees, named{file.Name(), tree})
	}
	sort.Slice(trees, func(i, j int) bool { return trees[i].tree.N < trees[j].tree.N })
	proofs := 0
	for j, newer := range trees {
		for _, older := range trees[:j] {
			if err := consistent(older.tree, newer.tree, log.tiles); err != nil {
				return proofs, fmt.Errorf("%s and %s: %v", older.name, newer.name, err)
			}
			proofs++
		}
		root, err := rootOf(newer.tree.N, &log.stored)
		if err != nil {
			return proofs, err
		}
		if root != newer.tree.Hash {
			return proofs, fmt.Errorf("%s: the entries lead to root %s, it says %s", newer.name, root, newer.tree.Hash)
		}
	}
	return proofs, nil
}

func consistent(older, newer tlog.Tree, tiles tlog.HashReader) error {
	if older.N == 0 {
		empty, err := rootOf(0, nil)
		if err == nil && older.Hash != empty {
			err = fmt.Errorf("an empty log has another root")
		}
		return err
	}
	proof, err := tlog.ProveTree(newer.N, older.N, tiles)
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, newer.N, newer.Hash, older.N, older.Hash)
}

// hashes reads from memory.
type hashes []tlog.Hash

func (all *hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		found[i] = (*all)[index]
	}
	return found, nil
}

// remembered asks another reader once for each hash.
type remembered struct {
	inner tlog.HashReader
	known map[int64]tlog.Hash
}

func (reader *remembered) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var missing []int64
	for _, index := range indexes {
		if _, ok := reader.known[index]; !ok {
			missing = append(missing, index)
		}
	}
	if len(missing) > 0 {
		read, err := reader.inner.ReadHashes(missing)
		if err != nil {
			return nil, err
		}
		for i, index := range missing {
			reader.known[index] = read[i]
		}
	}
	found := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		found[i] = reader.known[index]
	}
	return found, nil
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
