package badgerstore

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/dgraph-io/badger/v4"
)

// Badger does not open a store with a table that was cut short, and may end the
// process over it. So tables are looked at first; one that is not whole is set
// aside and taken out of Badger's list, which costs what was in it and lets all
// else be read. The file stays, under another name.

// setAside sets damaged tables aside and returns how many there were. It does
// nothing while another process holds the store.
func (s *Store) setAside() (n int, err error) {
	name := filepath.Join(s.dir, badger.ManifestFilename)
	if _, err := os.Stat(name); err != nil {
		return 0, nil // a new store
	}
	unlock, ok := lockFolder(s.dir)
	if !ok {
		return 0, nil
	}
	defer unlock()
	if err := s.removeEmptyLogs(); err != nil {
		return 0, err
	}
	damaged, err := damagedTables(s.dir)
	if err != nil || len(damaged) == 0 {
		return 0, err
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return 0, err
	}
	for _, id := range damaged {
		file := tableFile(s.dir, id)
		s.log.Error("a damaged table is set aside; the captures in it cannot be shown", "file", file+".damaged")
		if err = os.Rename(file, file+".damaged"); err != nil && !errors.Is(err, fs.ErrNotExist) {
			break
		}
		if _, err = f.Write(tableGone(id)); err != nil {
			break
		}
	}
	return len(damaged), errors.Join(err, f.Sync(), f.Close())
}

// removeEmptyLogs removes value log files without even a head, which Badger
// does not open; a missing one costs nothing but the values that were in it.
func (s *Store) removeEmptyLogs() error {
	logs, err := filepath.Glob(filepath.Join(s.dir, "*.vlog"))
	if err != nil {
		return err
	}
	for _, file := range logs {
		info, err := os.Stat(file)
		if err == nil && info.Size() == 0 {
			s.log.Error("an empty value log file is removed; what it held is lost", "file", file)
			err = os.Remove(file)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func tableFile(dir string, id uint64) string { return filepath.Join(dir, fmt.Sprintf("%06d.sst", id)) }

// damagedTables returns the numbers of the tables in Badger's list that are not
// whole. A list that cannot be read, or whose end is cut off, is for Badger to
// judge.
func damagedTables(dir string) (damaged []uint64, err error) {
	f, err := os.Open(filepath.Join(dir, badger.ManifestFilename))
	if err != nil {
		return nil, err
	}
	defer f.Close() // nothing was written
	list, end, err := badger.ReplayManifestFile(f, 0, badger.DefaultOptions(dir).WithLogger(nil))
	if err != nil {
		return nil, nil
	}
	if info, err := f.Stat(); err != nil || info.Size() != end {
		return nil, err
	}
	for id := range list.Tables {
		if whole, err := wholeTable(tableFile(dir, id)); err != nil {
			return nil, err
		} else if !whole {
			damaged = append(damaged, id)
		}
	}
	slices.Sort(damaged)
	return damaged, nil
}

// wholeTable tells whether a table ends as one does: the index, its length, its
// checksum, and that one's length. A checksum of another kind than CRC-32C is
// for Badger to judge.
func wholeTable(file string) (bool, error) {
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer f.Close() // nothing was written
	info, err := f.Stat()
	if err != nil {
		return false, err
	}
	at := info.Size()
	last := func(n int64) (b []byte, ok bool) {
		if at -= n; n <= 0 || at < 0 {
			return nil, false
		}
		b = make([]byte, n)
		_, err = f.ReadAt(b, at)
		return b, err == nil
	}
	sized := func(most int64) (b []byte, ok bool) {
		size, ok := last(4)
		if !ok || int64(binary.BigEndian.Uint32(size)) > most {
			return nil, false
		}
		return last(int64(binary.BigEndian.Uint32(size)))
	}
	sum, ok := sized(64)
	if !ok {
		return false, err
	}
	index, ok := sized(at)
	if !ok {
		return false, err
	}
	// The checksum is a protocol buffer: field 1 the kind, left out for CRC-32C,
	// field 2 the sum as a varint.
	if sum[0] != 2<<3 {
		return true, nil
	}
	want, n := binary.Uvarint(sum[1:])
	return n > 0 && want == uint64(crc32.Checksum(index, crc32.MakeTable(crc32.Castagnoli))), nil
}

// tableGone is an entry of Badger's list that takes a table out: length and
// CRC-32C of a protocol buffer that holds one change, of table id, of kind
// "delete".
func tableGone(id uint64) []byte {
	change := binary.AppendUvarint([]byte{1 << 3}, id)
	change = append(change, 2<<3, 1)
	set := append([]byte{1<<3 | 2, byte(len(change))}, change...)
	entry := binary.BigEndian.AppendUint32(nil, uint32(len(set)))
	entry = binary.BigEndian.AppendUint32(entry, crc32.Checksum(set, crc32.MakeTable(crc32.Castagnoli)))
	return append(entry, set...)
}
