// Command check judges ledger folders and proofs with the transparency-log library of the Go project
// (golang.org/x/mod/sumdb) and Go's own Ed25519, which share no line with ours.
//
//	check log [-witness VKEY]... [-checkpoints FOLDER] FOLDER VKEY
//	check proof [-witness VKEY]... FILE ENTRY VKEY
//
// Of a log: the signature and the cosignatures of its checkpoint, the root over all entries, the inclusion of every
// entry by the tiles, and that each two of the checkpoints saved in a folder, and each and the newest, are consistent.
// Of a tlog-proof: signature, cosignatures, and that the entry in a file is where the proof says.
//
// It prints "ok …" with what it counted and ends with 0, or says what does not hold and ends with 1.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

const usage = "usage: check log [-witness VKEY]... [-checkpoints FOLDER] FOLDER VKEY | check proof [-witness VKEY]... FILE ENTRY VKEY"

// vkeys collects the values of an option that may be given more than once.
type vkeys []string

func (keys *vkeys) String() string { return strings.Join(*keys, " ") }

func (keys *vkeys) Set(vkey string) error {
	*keys = append(*keys, vkey)
	return nil
}

func main() {
	if len(os.Args) < 2 {
		fail(2, usage)
	}
	var witnesses vkeys
	var saved string
	flags := flag.NewFlagSet(os.Args[1], flag.ExitOnError)
	flags.Var(&witnesses, "witness", "key of a witness that must have cosigned")
	flags.StringVar(&saved, "checkpoints", "", "folder of checkpoints saved earlier")
	flags.Parse(os.Args[2:])
	said, err := "", fmt.Errorf(usage)
	switch {
	case os.Args[1] == "log" && flags.NArg() == 2:
		said, err = judgeLog(flags.Arg(0), saved, flags.Arg(1), witnesses)
	case os.Args[1] == "proof" && flags.NArg() == 3:
		said, err = judgeProof(flags.Arg(0), flags.Arg(1), flags.Arg(2), witnesses)
	default:
		fail(2, usage)
	}
	if err != nil {
		fail(1, err.Error())
	}
	fmt.Println("ok " + said)
}

func judgeLog(dir, saved, vkey string, witnesses []string) (string, error) {
	keys, err := trust(vkey, witnesses)
	if err != nil {
		return "", err
	}
	log, err := openLog(dir, keys)
	if err != nil {
		return "", err
	}
	if err := log.checkRoot(); err != nil {
		return "", err
	}
	if err := log.checkInclusions(); err != nil {
		return "", err
	}
	proofs := 0
	if saved != "" {
		if proofs, err = log.checkConsistency(saved, keys.log); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("%d %s; %d cosignatures, %d inclusions, %d consistencies",
		log.tree.N, log.tree.Hash, len(keys.witnesses), len(log.leaves), proofs), nil
}

func judgeProof(file, entryFile, vkey string, witnesses []string) (string, error) {
	keys, err := trust(vkey, witnesses)
	if err != nil {
		return "", err
	}
	bytes, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	entry, err := os.ReadFile(entryFile)
	if err != nil {
		return "", err
	}
	proof, err := parseProof(string(bytes))
	if err != nil {
		return "", fmt.Errorf("proof: %v", err)
	}
	tree, err := proof.check(entry, keys)
	if err != nil {
		return "", fmt.Errorf("proof: %v", err)
	}
	return fmt.Sprintf("%d of %d %s", proof.index, tree.N, tree.Hash), nil
}

// trusted are the keys that must have signed.
type trusted struct {
	log       note.Verifier
	witnesses []note.Verifier
}

func trust(vkey string, witnesses []string) (trusted, error) {
	var keys trusted
	var err error
	if keys.log, err = note.NewVerifier(vkey); err != nil {
		return keys, fmt.Errorf("%q: %v", vkey, err)
	}
	for _, vkey := range witnesses {
		witness, err := newWitness(vkey)
		if err != nil {
			return keys, fmt.Errorf("%q: %v", vkey, err)
		}
		keys.witnesses = append(keys.witnesses, witness)
	}
	return keys, nil
}

func fail(status int, why string) {
	fmt.Println(why)
	os.Exit(status)
}
