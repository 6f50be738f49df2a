package main

import (
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// offlineProof is a C2SP tlog-proof.
type offlineProof struct {
	index      int64
	hashes     tlog.RecordProof
	checkpoint string
}

const (
	proofHeader    = "c2sp.org/tlog-proof@v1"
	maxProofHashes = 63
)

// parseProof reads "c2sp.org/tlog-proof@v1", an optional extra line (which nothing authenticates: it is only to be
// base64), the index, the hashes, an empty line, and the checkpoint.
func parseProof(text string) (offlineProof, error) {
	var proof offlineProof
	split := strings.Index(text, "\n\n")
	if split < 0 {
		return proof, fmt.Errorf("no empty line before the checkpoint")
	}
	proof.checkpoint = text[split+2:]
	lines := strings.Split(text[:split], "\n")
	if lines[0] != proofHeader {
		return proof, fmt.Errorf("it starts with %q", lines[0])
	}
	lines = lines[1:]
	if len(lines) > 0 && strings.HasPrefix(lines[0], "extra ") {
		extra, err := base64.StdEncoding.Strict().DecodeString(lines[0][len("extra "):])
		if err != nil || len(extra) == 0 {
			return proof, fmt.Errorf("the extra line is not base64")
		}
		lines = lines[1:]
	}
	if len(lines) == 0 || !strings.HasPrefix(lines[0], "index ") {
		return proof, fmt.Errorf("no index line")
	}
	index, err := parseDecimal(lines[0][len("index "):])
	if err != nil {
		return proof, err
	}
	proof.index = index
	if len(lines)-1 > maxProofHashes {
		return proof, fmt.Errorf("more than %d hashes", maxProofHashes)
	}
	for _, line := range lines[1:] {
		hash, err := tlog.ParseHash(line)
		if err != nil || hash.String() != line {
			return proof, fmt.Errorf("not a hash: %q", line)
		}
		proof.hashes = append(proof.hashes, hash)
	}
	return proof, nil
}

// check answers the tree that the entry is in.
func (proof offlineProof) check(entry []byte, keys trusted) (tlog.Tree, error) {
	tree, err := openCheckpoint([]byte(proof.checkpoint), keys)
	if err != nil {
		return tree, err
	}
	if proof.index >= tree.N {
		return tree, fmt.Errorf("there is no entry %d in a tree of %d", proof.index, tree.N)
	}
	return tree, tlog.CheckRecord(proof.hashes, tree.N, tree.Hash, proof.index, tlog.RecordHash(entry))
}
