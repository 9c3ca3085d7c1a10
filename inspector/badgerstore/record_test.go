package badgerstore

import (
	"bytes"
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

// fill sets every field below v to something: a field that someone adds and
// that no record keeps fails the tests here.
func fill(t *testing.T, v reflect.Value, n *int) {
	t.Helper()
	*n++
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(time.Unix(1_800_000_000, int64(*n)).UTC()))
		return
	}
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(*n))
	case reflect.Uint8:
		v.SetUint(uint64(*n % 250))
	case reflect.String:
		v.SetString("text" + string(rune('a'+*n%26)))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(t, v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fallthrough
	case reflect.Array:
		for i := range v.Len() {
			fill(t, v.Index(i), n)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(t, v.Field(i), n)
		}
	default:
		t.Fatalf("a field of type %s: teach this test and the records about it", v.Type())
	}
}

func filled[T any](t *testing.T) T {
	var v T
	n := 0
	fill(t, reflect.ValueOf(&v).Elem(), &n)
	return v
}

func TestEveryFieldOfASummaryIsKept(t *testing.T) {
	want := row{Summary: filled[inspector.Summary](t), content: [32]byte{1, 2}, bytes: 77}
	got, err := decodeRow(want.ID, want.encode())
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v, %v\nwant %+v", got, err, want)
	}
}

func TestEveryFieldOfACaptureIsKept(t *testing.T) {
	want := filled[inspector.Capture](t)
	b, err := encodeCapture(&want, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := inspector.Capture{Summary: want.Summary, Deliveries: want.Deliveries} // kept in records of their own
	if err := decodeCapture(&got, b); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v, %v\nwant %+v", got, err, want)
	}
}

func TestEveryFieldOfADeliveryIsKept(t *testing.T) {
	want := filled[inspector.Delivery](t)
	got, err := decodeDelivery(want.ID, encodeDelivery(&want, true))
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v, %v\nwant %+v", got, err, want)
	}
	got, err = decodeDelivery(want.ID, encodeDelivery(&want, false))
	want.Header, want.Body = nil, nil
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("log: got  %+v, %v\nwant %+v", got, err, want)
	}
}

func TestRecordOfANewerVersionIsRefused(t *testing.T) {
	r := row{Summary: filled[inspector.Summary](t)}
	b := r.encode()
	b[0] = recordVersion + 1
	if _, err := decodeRow(r.ID, b); !errors.Is(err, ErrNewer) {
		t.Errorf("%v, want ErrNewer", err)
	}
}

func TestUnknownFieldIsPassedOver(t *testing.T) {
	r := row{Summary: filled[inspector.Summary](t)}
	b := r.encode()
	b = append(b, 0xfa, 0x07, 3, 'n', 'e', 'w') // tag 1018
	if got, err := decodeRow(r.ID, b); err != nil || !reflect.DeepEqual(got, r) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestBytesAreKeptAsTheyAre(t *testing.T) {
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	want := inspector.Capture{Message: signature.Message{
		Target: string(all), Body: all, Head: bytes.Repeat(all, 20),
		Header: signature.Header{{Name: "A", Value: string(all)}, {Name: "a"}, {}},
	}}
	b, err := encodeCapture(&want, nil)
	if err != nil {
		t.Fatal(err)
	}
	var got inspector.Capture
	if err := decodeCapture(&got, b); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
}

// FuzzRecords feeds any bytes to all readers: an error, never a panic, and what
// is read can be written and read again.
func FuzzRecords(f *testing.F) {
	r := row{Summary: inspector.Summary{Received: time.Unix(1, 2), Endpoint: "e", Again: &inspector.Again{Kind: "k"}, Size: 5}}
	f.Add(r.encode())
	f.Add(encodeDelivery(&inspector.Delivery{Status: 200, Header: signature.Header{{Name: "A", Value: "b"}}, Body: []byte("x")}, true))
	c, err := encodeCapture(&inspector.Capture{Message: signature.Message{Method: "POST", Body: []byte("x")}, Notes: []string{""}}, nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(c)
	f.Add([]byte{1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1})
	f.Add([]byte{2})
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		var id ulid.ULID
		if r, err := decodeRow(id, b); err == nil {
			if again, err := decodeRow(id, r.encode()); err != nil || !reflect.DeepEqual(again, r) {
				t.Errorf("row %+v came back as %+v, %v", r, again, err)
			}
		}
		if d, err := decodeDelivery(id, b); err == nil {
			if _, err := decodeDelivery(id, encodeDelivery(&d, true)); err != nil {
				t.Error(err)
			}
		}
		if list, err := decodeHolders(b); err == nil && len(list)*holderLen+1 != len(b) {
			t.Errorf("%d holders in %d bytes", len(list), len(b))
		}
		var c inspector.Capture
		if err := decodeCapture(&c, b); err == nil {
			if _, err := encodeCapture(&c, nil); err != nil {
				t.Error(err)
			}
		}
	})
}
