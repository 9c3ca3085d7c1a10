package badgerstore

import (
	"bufio"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// A backup is one file: a line that names the format, a line of JSON on what is
// in it, all records as Badger streams them, and the SHA-256 of all that.
const (
	backupVersion = 1
	backupMagic   = "shopbell backup "
	// backupLine bounds each of the first two lines.
	backupLine = 4096
)

// BackupHead is what a backup says of itself.
type BackupHead struct {
	// Format is the version of the store that was backed up.
	Format   int       `json:"format"`
	Captures int       `json:"captures"`
	Made     time.Time `json:"made"`
}

// Backup writes all that is kept to w, as of one moment; captures may arrive
// meanwhile. Retention waits for it.
func (s *Store) Backup(ctx context.Context, w io.Writer) (BackupHead, error) {
	s.retainMu.Lock()
	defer s.retainMu.Unlock()
	head := BackupHead{Format: formatVersion, Captures: s.tally.counts().All, Made: s.now().UTC()}
	if err := s.enter(); err != nil {
		return head, err
	}
	defer s.leave()
	line, err := json.Marshal(head)
	if err != nil {
		return head, err
	}
	hash := sha256.New()
	out := bufio.NewWriterSize(&untilDone{ctx: ctx, w: io.MultiWriter(w, hash)}, 1<<20)
	fmt.Fprintf(out, "%s%d\n%s\n", backupMagic, backupVersion, line) // an error comes again with the next write
	if _, err := s.db.Backup(out, 0); err != nil {
		return head, fmt.Errorf("back up store %q: %w", s.dir, err)
	}
	if err := out.Flush(); err != nil {
		return head, fmt.Errorf("back up store %q: %w", s.dir, err)
	}
	if _, err := w.Write(hash.Sum(nil)); err != nil {
		return head, fmt.Errorf("back up store %q: %w", s.dir, err)
	}
	return head, nil
}

// untilDone is a writer that fails once ctx has ended.
type untilDone struct {
	ctx context.Context
	w   io.Writer
}

func (u *untilDone) Write(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.w.Write(p)
}

// ErrBackup: a file is no backup, or not a whole one.
var ErrBackup = errors.New("not a whole backup")

// ReadBackupHead checks a backup from its first byte to its checksum and
// returns what it says of itself.
func ReadBackupHead(ctx context.Context, file string) (BackupHead, error) {
	f, err := os.Open(file)
	if err != nil {
		return BackupHead{}, err
	}
	defer f.Close() // nothing was written
	head, _, err := checkBackup(ctx, f)
	if err != nil {
		return head, fmt.Errorf("read backup %q: %w", file, err)
	}
	return head, nil
}

// checkBackup checks the whole of f and returns where the records are.
func checkBackup(ctx context.Context, f *os.File) (head BackupHead, records *io.SectionReader, err error) {
	info, err := f.Stat()
	if err != nil {
		return head, nil, err
	}
	head, start, err := backupHead(f)
	if err != nil {
		return head, nil, err
	}
	end := info.Size() - sha256.Size
	if end < start {
		return head, nil, fmt.Errorf("%w: %d bytes, expected more than %d", ErrBackup, info.Size(), start+sha256.Size)
	}
	hash := sha256.New()
	if _, err := io.Copy(&untilDone{ctx: ctx, w: hash}, io.NewSectionReader(f, 0, end)); err != nil {
		return head, nil, err
	}
	sum := make([]byte, sha256.Size)
	if _, err := f.ReadAt(sum, end); err != nil {
		return head, nil, err
	}
	if subtle.ConstantTimeCompare(sum, hash.Sum(nil)) != 1 {
		return head, nil, fmt.Errorf("%w: its checksum differs; it was cut short or changed", ErrBackup)
	}
	return head, io.NewSectionReader(f, start, end-start), nil
}

// backupHead reads the first two lines and returns where they end.
func backupHead(f *os.File) (head BackupHead, end int64, err error) {
	in := bufio.NewReaderSize(io.NewSectionReader(f, 0, 2*backupLine), backupLine)
	first, err := in.ReadSlice('\n')
	if err != nil {
		return head, 0, fmt.Errorf("%w: expected %q at its beginning", ErrBackup, backupMagic)
	}
	end = int64(len(first))
	version := 0
	if n, err := fmt.Sscanf(string(first), backupMagic+"%d\n", &version); n != 1 || err != nil || version < 1 {
		return head, 0, fmt.Errorf("%w: expected %q at its beginning", ErrBackup, backupMagic)
	}
	if version > backupVersion {
		return head, 0, fmt.Errorf("%w: backup version %d, expected at most %d", ErrNewer, version, backupVersion)
	}
	second, err := in.ReadSlice('\n')
	if err == nil {
		err = json.Unmarshal(second, &head)
	}
	if err != nil {
		return head, 0, fmt.Errorf("%w: its second line cannot be read", ErrBackup)
	}
	if head.Format > formatVersion {
		return head, 0, fmt.Errorf("%w: a store of version %d, expected at most %d", ErrNewer, head.Format, formatVersion)
	}
	return head, end + int64(len(second)), nil
}
