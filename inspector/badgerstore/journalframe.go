package badgerstore

import (
	"bufio"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
)

// A frame is one commit: length of the rest of the frame after the head and its
// checksum (CRC-32C of all that follows), the epoch, the number of the frame,
// and the entries: kind, length of the key, key, and for a value its length and
// the value. Encrypted, the entries are a nonce and what AES-GCM made of them,
// with the epoch and the number as what must not change. Numbers in the head
// are little-endian.
const (
	frameHead  = 4 + 4 + 8 + 8
	entrySet   = 1
	entryGone  = 2
	maxFrame   = 1 << 30 // more than any commit can be
	reusedRoom = 1 << 20 // a buffer beyond this is not kept
)

// checksumTable is that of CRC-32C, which processors compute.
var checksumTable = crc32.MakeTable(crc32.Castagnoli)

// errFrame is what ends a tape: a frame cut short, or one of another time.
var errFrame = errors.New("no whole frame")

// frame is a commit as it goes to the file: large values are pieces of their
// own, so that they need not be copied.
type frame struct {
	pieces [][]byte
	size   int64
}

// largePiece is the size from which a copy costs more than a write.
const largePiece = 64 << 10

// encode returns the frame of a commit, good until the next call.
func (j *journal) encode(entries []entry) (frame, error) {
	b := append(j.room[:0], make([]byte, frameHead)...)
	binary.LittleEndian.PutUint64(b[8:], j.epoch)
	binary.LittleEndian.PutUint64(b[16:], j.frame)
	var large [][]byte
	var cuts []int // where in b they belong
	for _, e := range entries {
		b = e.appendHead(b)
		if len(e.value) >= largePiece && j.seal == nil {
			large, cuts = append(large, e.value), append(cuts, len(b))
		} else {
			b = append(b, e.value...)
		}
	}
	if j.seal != nil {
		var err error
		if b, err = encrypted(j.seal, b); err != nil {
			return frame{}, err
		}
	}
	if j.room = b[:0]; cap(b) > reusedRoom {
		j.room = nil
	}
	f := frame{}
	from := 0
	for n, at := range cuts {
		f.pieces = append(f.pieces, b[from:at], large[n])
		from = at
	}
	f.pieces = append(f.pieces, b[from:])
	return f, f.finish()
}

// finish fills in length and checksum.
func (f *frame) finish() error {
	head := f.pieces[0]
	sum := crc32.Checksum(head[8:], checksumTable)
	f.size = int64(len(head))
	for _, p := range f.pieces[1:] {
		sum = crc32.Update(sum, checksumTable, p)
		f.size += int64(len(p))
	}
	if f.size > maxFrame {
		return fmt.Errorf("write journal: a commit of %d bytes, expected at most %d", f.size, maxFrame)
	}
	binary.LittleEndian.PutUint32(head, uint32(f.size-frameHead))
	binary.LittleEndian.PutUint32(head[4:], sum)
	return nil
}

// write writes the frame at an offset.
func (f *frame) write(to io.WriterAt, at int64) error {
	for _, p := range f.pieces {
		if _, err := to.WriteAt(p, at); err != nil {
			return fmt.Errorf("write journal: %w", err)
		}
		at += int64(len(p))
	}
	return nil
}

// appendHead appends all of e but its value.
func (e entry) appendHead(b []byte) []byte {
	kind := byte(entrySet)
	if e.deleted {
		kind = entryGone
	}
	b = binary.AppendUvarint(append(b, kind), uint64(len(e.key)))
	b = append(b, e.key...)
	if e.deleted {
		return b
	}
	return binary.AppendUvarint(b, uint64(len(e.value)))
}

func encrypted(seal cipher.AEAD, b []byte) ([]byte, error) {
	nonce := make([]byte, seal.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return nil, err
	}
	out := append(make([]byte, 0, len(b)+len(nonce)+seal.Overhead()), b[:frameHead]...)
	return seal.Seal(append(out, nonce...), nonce, b[frameHead:], b[8:frameHead]), nil
}

// journalTape is what a file of the journal holds.
type journalTape struct {
	from  *os.File
	seal  cipher.AEAD
	size  int64 // of the file
	epoch uint64
}

// readTape looks at the first frame of f.
func readTape(f *os.File, seal cipher.AEAD) (journalTape, error) {
	info, err := f.Stat()
	if err != nil {
		return journalTape{}, err
	}
	t := journalTape{from: f, seal: seal, size: info.Size()}
	var head [frameHead]byte
	if _, err := f.ReadAt(head[:], 0); err != nil && !errors.Is(err, io.EOF) {
		return journalTape{}, err
	}
	t.epoch = binary.LittleEndian.Uint64(head[8:])
	return t, nil
}

// play hands each commit to f and tells how many there were.
func (t journalTape) play(f func([]entry) error) (commits int, err error) {
	in := bufio.NewReaderSize(io.NewSectionReader(t.from, 0, t.size), 1<<20)
	for left := t.size; ; commits++ {
		entries, size, err := readFrame(in, left, t.seal, t.epoch, uint64(commits))
		if errors.Is(err, errFrame) {
			return commits, nil
		}
		if err != nil {
			return commits, err
		}
		if err := f(entries); err != nil {
			return commits, err
		}
		left -= size
	}
}

// readFrame reads the frame of that epoch and number, of at most left bytes.
func readFrame(in io.Reader, left int64, seal cipher.AEAD, epoch, number uint64) ([]entry, int64, error) {
	var head [frameHead]byte
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return nil, 0, ended(err)
	}
	size := int64(binary.LittleEndian.Uint32(head[:]))
	if size == 0 || size > left-frameHead || size > maxFrame ||
		binary.LittleEndian.Uint64(head[8:]) != epoch || binary.LittleEndian.Uint64(head[16:]) != number {
		return nil, 0, errFrame
	}
	b := make([]byte, size)
	if _, err := io.ReadFull(in, b); err != nil {
		return nil, 0, ended(err)
	}
	sum := crc32.Update(crc32.Checksum(head[8:], checksumTable), checksumTable, b)
	if sum != binary.LittleEndian.Uint32(head[4:]) {
		return nil, 0, errFrame
	}
	if seal != nil {
		var err error
		if b, err = decrypted(seal, head[8:], b); err != nil {
			return nil, 0, err
		}
	}
	entries, err := decodeEntries(b)
	return entries, frameHead + size, err
}

func ended(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errFrame
	}
	return err
}

func decrypted(seal cipher.AEAD, head, b []byte) ([]byte, error) {
	n := seal.NonceSize()
	if len(b) < n {
		return nil, fmt.Errorf("%w: a journal frame of %d bytes", ErrCorrupt, len(b))
	}
	plain, err := seal.Open(nil, b[:n], b[n:], head)
	if err != nil {
		return nil, fmt.Errorf("%w: a journal frame does not open with this key", ErrCorrupt)
	}
	return plain, nil
}

// decodeEntries reads the entries of a frame; they are parts of b.
func decodeEntries(b []byte) ([]entry, error) {
	var out []entry
	for len(b) > 0 {
		e := entry{deleted: b[0] == entryGone}
		if b[0] != entrySet && b[0] != entryGone {
			return nil, fmt.Errorf("%w: journal entry of kind %d", ErrNewer, b[0])
		}
		var ok bool
		if e.key, b, ok = cutCounted(b[1:]); ok && !e.deleted {
			e.value, b, ok = cutCounted(b)
		}
		if !ok {
			return nil, fmt.Errorf("%w: journal entry cut short", ErrCorrupt)
		}
		out = append(out, e)
	}
	return out, nil
}

// cutCounted cuts off a length and so many bytes.
func cutCounted(b []byte) (piece, rest []byte, ok bool) {
	size, n := binary.Uvarint(b)
	if n <= 0 || size > uint64(len(b)-n) {
		return nil, nil, false
	}
	end := n + int(size)
	return b[n:end:end], b[end:], true
}
