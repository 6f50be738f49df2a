package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// openCheckpoint verifies the log's signature and one cosignature of every witness given, and reads origin, size and
// root. Signatures of other keys are ignored; a bad one of a key given rejects the note.
func openCheckpoint(message []byte, keys trusted) (tlog.Tree, error) {
	var tree tlog.Tree
	opened, err := note.Open(message, note.VerifierList(append([]note.Verifier{keys.log}, keys.witnesses...)...))
	if err != nil {
		return tree, err
	}
	for _, key := range append([]note.Verifier{keys.log}, keys.witnesses...) {
		if !signedBy(opened, key) {
			return tree, fmt.Errorf("%s did not sign it", key.Name())
		}
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[3] != "" || lines[0] != keys.log.Name() {
		return tree, fmt.Errorf("not origin, size, root: %q", opened.Text)
	}
	tree.N, err = parseDecimal(lines[1])
	if err != nil {
		return tree, err
	}
	tree.Hash, err = tlog.ParseHash(lines[2])
	return tree, err
}

func signedBy(opened *note.Note, key note.Verifier) bool {
	for _, signature := range opened.Sigs {
		if signature.Name == key.Name() && signature.Hash == key.KeyHash() {
			return true
		}
	}
	return false
}

func parseDecimal(text string) (int64, error) {
	value, err := strconv.ParseInt(text, 10, 64)
	if err != nil || value < 0 || strconv.FormatInt(value, 10) != text {
		return 0, fmt.Errorf("not a decimal number: %q", text)
	}
	return value, nil
}

// witness verifies cosignature/v1 (C2SP tlog-cosignature), a type of key that the library does not know.
type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

const cosignatureType = 0x04

func newWitness(vkey string) (note.Verifier, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, fmt.Errorf("not <name>+<key id>+<base64>")
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 1+ed25519.PublicKeySize || key[0] != cosignatureType {
		return nil, fmt.Errorf("not an Ed25519 cosignature key")
	}
	digest := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	hash := binary.BigEndian.Uint32(digest[:])
	if fmt.Sprintf("%08x", hash) != parts[1] {
		return nil, fmt.Errorf("the key id does not belong to the key")
	}
	return witness{parts[0], hash, key[1:]}, nil
}

func (w witness) Name() string    { return w.name }
func (w witness) KeyHash() uint32 { return w.hash }

func (w witness) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	time := binary.BigEndian.Uint64(signature)
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", time, text)
	return ed25519.Verify(w.key, []byte(message), signature[8:])
}
