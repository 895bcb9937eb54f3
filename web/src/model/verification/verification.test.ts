// Verification in the browser against trees that are known: the worked example of docs/record-format.md, the tree of
// RFC 6962's own tests, and a log made the slow way; then altered bytes, wrong keys and cut proofs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SentEntry } from '$/api/log_pages';
import { base64, fromBase64, fromHex, hex, sha256, utf8, joined, type Bytes } from './bytes';
import { parseHeader } from './entry';
import { KnownLog, slowLeaf, slowPath, slowProof, slowRoot } from './known_log';
import { ed25519VerifyWithout, parseCheckpoint, parseVerifierKey, signatureOf } from './note';
import { checkEntry, checkHead, passed, type SeenHead } from './steps';
import { GrowingTree, auditPath, climb, emptyRoot, isConsistent, leafHash } from './tree';
import { readWholeLog } from './whole_log';

const bytes = (buffer: Uint8Array): Bytes => Uint8Array.from(buffer);
const unhex = (text: string): Bytes => fromHex(text) ?? new Uint8Array(0);

describe('the worked example of docs/record-format.md', () => {
  const page = readFileSync(join(process.cwd(), '../docs/record-format.md'), 'utf8');
  // Blocks with a language are commands.
  const blocks = [...page.matchAll(/```(\w*)\n([\s\S]*?)```/g)]
    .filter((match) => match[1] === '')
    .map((match) => match[2] ?? '');
  const [bodies = '', log = '', note = '', keyText = ''] = blocks;
  const sent: SentEntry[] = log
    .trimEnd()
    .split('\n')
    .map((line, seq) => {
      const [, salt = '', body = ''] = /^\d+ {2}([0-9a-f]{32}) {2}(.*)$/.exec(bodies.split('\n')[seq] ?? '') ?? [];
      return { seq, leaf: line.replace(/^\d+ {2}/, ''), salt, body };
    });

  it('is what the page shows', () => {
    expect(sent).toHaveLength(2);
    expect(note).toContain('mithaq.example/record\n2\n');
  });

  it('fits, step by step', async () => {
    const head = await checkHead(note, keyText, null, () => Promise.resolve(null));
    expect(head.findings.map((each) => `${each.step} ${each.result}`)).toEqual([
      'format fits',
      'key fits',
      'signature fits',
      'sameKey open',
      'growth open'
    ]);
    const checkpoint = head.checkpoint;
    if (!checkpoint) throw new Error('no checkpoint');
    const other = '6fe1302f2f77a84ab803ad8627199b137719c82d4703f607421e317d47079c96';
    const entry = sent[1] as SentEntry;
    const proof = { entry: 1, leaf: entry.leaf, tree_size: 2, proof: [other], root: '', checkpoint: note };
    const checked = await checkEntry(1, entry, proof, checkpoint);
    expect(checked.findings.map((each) => `${each.step} ${each.result}`)).toEqual([
      'header fits',
      'body fits',
      'path fits',
      'root fits'
    ]);
    expect(checked.leaf).toBe('5c0197cc8bfd435b8c8fbe4d3a1404979e3ebf6f86e9e9a42e020991ed5374e4');
    expect(hex(checked.climbed[0]?.result ?? new Uint8Array(0))).toBe(
      'd4f7acfd2302f9075917be0f3067b16292708e9e868c4f51cfb94e33d279da7d'
    );
  });

  it('has a signature that both implementations of Ed25519 accept, and neither with one bit turned', async () => {
    const checkpoint = parseCheckpoint(note);
    const key = await parseVerifierKey(keyText);
    if (!checkpoint || !key) throw new Error('unreadable');
    expect(await signatureOf(checkpoint, key)).toBe('signed');
    const signature = checkpoint.signatures[0]?.signature ?? new Uint8Array(0);
    expect(await ed25519VerifyWithout(key.publicKey, utf8(checkpoint.text), signature)).toBe(true);
    const turned = bytes(signature);
    turned[5] = (turned[5] ?? 0) ^ 1;
    expect(await ed25519VerifyWithout(key.publicKey, utf8(checkpoint.text), turned)).toBe(false);
    const other = { ...checkpoint, signatures: checkpoint.signatures.map((each) => ({ ...each, signature: turned })) };
    expect(await signatureOf(other, key)).toBe('wrong');
  });
});

describe('the tree of RFC 6962', () => {
  // The eight leaves of the tests of Certificate Transparency and the roots of their first n.
  const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
  const roots = [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'
  ];

  it('has the known roots', async () => {
    const tree = new GrowingTree();
    expect(hex(await tree.root())).toBe(roots[0]);
    expect(hex(await emptyRoot())).toBe(roots[0]);
    for (const [at, leaf] of leaves.entries()) {
      await tree.add(await leafHash(unhex(leaf)));
      expect(hex(await tree.root())).toBe(roots[at + 1]);
    }
  });

  it('agrees with its definition on every proof of every tree up to 20 leaves', async () => {
    const all = Array.from({ length: 20 }, (_, at) => slowLeaf(`leaf ${at}`));
    for (let size = 1; size <= all.length; ++size) {
      const some = all.slice(0, size);
      const root = bytes(slowRoot(some));
      for (let index = 0; index < size; ++index) {
        const proof = slowPath(index, some).map(bytes);
        const climbed = await climb(bytes(all[index] as Buffer), index, size, proof);
        expect(hex(climbed?.at(-1)?.result ?? bytes(all[index] as Buffer)), `${index} of ${size}`).toBe(hex(root));
        // One hash more or less is not of this tree's form.
        expect(await climb(bytes(all[index] as Buffer), index, size, [...proof, root])).toBeNull();
        if (size > 1) expect(await climb(bytes(all[index] as Buffer), index, size, proof.slice(1))).toBeNull();
      }
      for (let older = 0; older <= size; ++older) {
        const before = { size: older, root: bytes(slowRoot(all.slice(0, older))) };
        const proof = older === 0 ? [] : slowProof(older, some).map(bytes);
        expect(await isConsistent(before, { size, root }, proof), `${older} in ${size}`).toBe(true);
        if (proof.length > 0) {
          expect(await isConsistent(before, { size, root }, proof.slice(1))).toBe(false);
          const turned = proof.map(bytes);
          (turned[0] as Bytes)[0] = ((turned[0] as Bytes)[0] ?? 0) ^ 1;
          expect(await isConsistent(before, { size, root }, turned)).toBe(false);
        }
        if (older > 0 && older < size) {
          expect(await isConsistent({ size: older, root }, { size, root }, proof)).toBe(false);
        }
      }
    }
  });

  it('names what each hash of a proof stands for', () => {
    expect(auditPath(4, 7).map(({ sibling, side }) => `${side} ${sibling.from}-${sibling.to}`)).toEqual([
      'after 5-6',
      'after 6-7',
      'before 0-4'
    ]);
    expect(auditPath(0, 1)).toEqual([]);
  });
});

describe('a signed note', () => {
  const log = new KnownLog(3);

  it('is refused in any other form', () => {
    const note = log.checkpoint();
    expect(parseCheckpoint(note)?.size).toBe(3);
    for (const bad of [
      note.trimEnd(),
      note.replace('\n3\n', '\n03\n'),
      note.replace('\n3\n', '\n-3\n'),
      note.replace('— ', '- '),
      note.replace(/\n\n[\s\S]*/, '\n'),
      note.replace(/=\n\n/, '\n\n'),
      ''
    ]) {
      expect(parseCheckpoint(bad), bad).toBeNull();
    }
  });

  it('keeps further lines of the text, which the signature covers too', async () => {
    const checkpoint = parseCheckpoint('origin\n1\n' + base64(await emptyRoot()) + '\nmore\n\n— origin AAAAAAAA\n');
    expect(checkpoint?.text.endsWith('more\n')).toBe(true);
  });

  it('counts for its own key alone', async () => {
    const checkpoint = parseCheckpoint(log.checkpoint());
    const key = await parseVerifierKey(log.verifierKey);
    const other = await parseVerifierKey(new KnownLog(1).verifierKey);
    if (!checkpoint || !key || !other) throw new Error('unreadable');
    expect(await signatureOf(checkpoint, key)).toBe('signed');
    expect(await signatureOf(checkpoint, other)).toBe('unsigned');
    // Another key under the id of ours.
    expect(await signatureOf(checkpoint, { ...other, id: key.id })).toBe('wrong');
  });

  it('has a key whose id is that of its name and bytes', async () => {
    const [, name = '', id = '', key = ''] = /^([^+]+)\+([^+]+)\+(.*)$/.exec(log.verifierKey) ?? [];
    expect(await parseVerifierKey(`${name}+${id}+${key}`)).not.toBeNull();
    expect(await parseVerifierKey(`x${name}+${id}+${key}`)).toBeNull();
    expect(await parseVerifierKey(`${name}+00000000+${key}`)).toBeNull();
    expect(await parseVerifierKey('no key')).toBeNull();
  });

  it('is in base64 that is written one way only', () => {
    expect(fromBase64('AAA=')).not.toBeNull();
    for (const bad of ['AAB=', 'AAA', 'AA A=', 'AAA=\n']) expect(fromBase64(bad), bad).toBeNull();
  });
});

describe('a header', () => {
  const good = new KnownLog(1).entries[0]?.leaf ?? '';
  it('is one only byte for byte as it is hashed', () => {
    expect(parseHeader(good)?.seq).toBe(0);
    for (const bad of [
      good.replace(':0,', ': 0,'),
      good.replace('"seq":0', '"seq":-1'),
      good.replace('"seq":0', '"more":1,"seq":0'),
      good.replace(/"kind":"review",/, ''),
      'null',
      '[]',
      '{'
    ]) {
      expect(parseHeader(bad), bad).toBeNull();
    }
  });
});

describe('a head that was seen before', () => {
  const log = new KnownLog(9);
  const seenAt = (size: number): SeenHead => ({
    origin: log.origin,
    size,
    root: log.root(size).toString('base64'),
    key: log.verifierKey,
    at: '2027-01-15T08:00:00Z'
  });
  const check = async (seen: SeenHead | null, proof = (from: number, to: number) => log.consistency(from, to)) => {
    const asked: string[] = [];
    const { findings } = await checkHead(log.checkpoint(), log.verifierKey, seen, (from, to) => {
      asked.push(`${from}-${to}`);
      return Promise.resolve(proof(from, to));
    });
    const last = findings.at(-1);
    return { asked, step: last?.step, result: last?.result, reason: last?.reason };
  };

  it('is one that the log begins with', async () => {
    expect(await check(seenAt(5))).toEqual({ asked: ['5-9'], step: 'growth', result: 'fits', reason: undefined });
    expect(await check(seenAt(9))).toMatchObject({ asked: [], result: 'fits', reason: 'sameHead' });
    expect(await check(seenAt(0))).toMatchObject({ asked: [], result: 'fits' });
  });

  it('is not one of another history', async () => {
    const other = { ...seenAt(5), root: log.root(4).toString('base64') };
    expect(await check(other)).toMatchObject({ result: 'fails', reason: 'rewritten' });
    expect(await check({ ...seenAt(9), root: log.root(4).toString('base64') })).toMatchObject({ reason: 'rewritten' });
    expect(await check({ ...seenAt(5), size: 12 })).toMatchObject({ result: 'fails', reason: 'shrunk' });
    expect(await check(seenAt(5), () => ['zz'])).toMatchObject({ result: 'fails', reason: 'rewritten' });
  });

  it('is of another log or key: said, and nothing compared', async () => {
    expect(await check({ ...seenAt(5), origin: 'elsewhere/record' })).toMatchObject({ reason: 'otherLog', asked: [] });
    expect(await check({ ...seenAt(5), key: 'x' })).toMatchObject({ step: 'sameKey', reason: 'otherKey' });
  });

  it('stops at a head that its key did not sign', async () => {
    const { findings } = await checkHead(log.checkpoint(), new KnownLog(1).verifierKey, null, () =>
      Promise.resolve(null)
    );
    expect(findings.at(-1)).toMatchObject({ step: 'signature', result: 'fails', reason: 'unsigned' });
    const cut = await checkHead('x', log.verifierKey, null, () => Promise.resolve(null));
    expect(cut.findings).toMatchObject([{ step: 'format', result: 'fails', reason: 'unreadable' }]);
  });
});

describe('one entry', () => {
  const log = new KnownLog(11);
  const head = { size: 11, root: bytes(log.root()) };
  const check = async (change: Partial<SentEntry> = {}, proof = log.proof(6)) => {
    const { findings } = await checkEntry(6, { ...(log.entries[6] as SentEntry), ...change }, proof, head);
    return {
      passed: passed(findings),
      bad: findings.filter((each) => each.result !== 'fits').map((each) => `${each.step} ${each.reason}`)
    };
  };

  it('fits', async () => {
    expect(await check()).toEqual({ passed: true, bad: [] });
  });

  it('with an altered byte in its body', async () => {
    const body = (log.entries[6]?.body ?? '').replace('amina', 'amine');
    expect(await check({ body })).toEqual({ passed: false, bad: ['body altered'] });
    expect(await check({ salt: '00'.repeat(16) })).toEqual({ passed: false, bad: ['body altered'] });
  });

  it('with an altered byte in its header', async () => {
    const leaf = (log.entries[6]?.leaf ?? '').replace('2027', '2028');
    expect(await check({ leaf })).toEqual({ passed: false, bad: ['root otherRoot'] });
  });

  it('of another place', async () => {
    expect(await check(log.entries[7])).toMatchObject({ bad: ['header otherPlace', 'root otherRoot'] });
  });

  it('whose body was erased, or is withheld from whoever asks', async () => {
    expect(await check({ body: null, salt: '' })).toEqual({ passed: true, bad: ['body erased'] });
    expect(await check({ body: null, salt: '', withheld: true })).toEqual({ passed: true, bad: ['body withheld'] });
  });

  it('with a proof that is cut, stretched, or no proof', async () => {
    const proof = log.proof(6);
    const cut = { ...proof, proof: proof.proof.slice(0, -1) };
    expect(await check({}, cut)).toEqual({ passed: false, bad: ['path cut'] });
    expect(await check({}, { ...proof, proof: [...proof.proof, 'ab'.repeat(32)] })).toMatchObject({
      bad: ['path cut']
    });
    expect(await check({}, { ...proof, proof: proof.proof.map(() => 'zz') })).toMatchObject({ bad: ['path cut'] });
    expect(await check({}, { ...proof, proof: proof.proof.map((hash) => hash.slice(2)) })).toMatchObject({
      bad: ['path cut']
    });
    expect(await check({}, log.proof(5))).toMatchObject({ bad: ['root otherRoot'] });
  });
});

describe('the whole log', () => {
  const size = 1300; // five tiles and a part, two pages
  const log = new KnownLog(size);
  const head = { size, root: bytes(log.root()) };
  // The tiles of the record are whole; what it sends may be altered.
  const read = (entries = log.entries, older: { size: number; root: Bytes } | null = null, at = head) => {
    const steps: number[] = [];
    return readWholeLog(
      {
        page: (from, limit) => Promise.resolve(log.page(from, limit, entries)),
        proof: (seq) => Promise.resolve(log.proof(seq))
      },
      at,
      older,
      ({ done }) => void steps.push(done)
    ).then((result) => ({ ...result, steps }));
  };
  const altered = (seq: number, change: (entry: SentEntry) => SentEntry) =>
    log.entries.map((entry) => (entry.seq === seq ? change(entry) : entry));

  it('fits, page by page', async () => {
    const older = { size: 777, root: bytes(log.root(777)) };
    expect(await read(log.entries, older)).toMatchObject({
      done: size,
      fits: size,
      erased: 0,
      faults: [],
      rootFits: true,
      begins: true,
      steps: [1000, 1300]
    });
  });

  it('leaves entries that came after the head alone', async () => {
    const at = { size: 1100, root: bytes(log.root(1100)) };
    expect(await read(log.entries, null, at)).toMatchObject({ done: 1100, faults: [], rootFits: true, begins: null });
  });

  it('names the entry with an altered body', async () => {
    const entries = altered(1234, (entry) => ({ ...entry, body: `${entry.body} ` }));
    expect(await read(entries)).toMatchObject({ rootFits: true, faults: [{ entry: 1234, fault: 'body' }] });
  });

  it('names the entry with an altered header, out of the hashes alone', async () => {
    for (const seq of [0, 255, 256, 700, 1024, 1299]) {
      const entries = altered(seq, (entry) => ({ ...entry, leaf: entry.leaf.replace('2027', '2028') }));
      expect(await read(entries), `entry ${seq}`).toMatchObject({
        rootFits: false,
        located: true,
        faults: [{ entry: seq, fault: 'tree' }]
      });
    }
  }, 60_000);

  it('names the place of a missing, a doubled and a moved entry', async () => {
    const without = log.entries.filter((entry) => entry.seq !== 500);
    expect((await read(without)).faults[0]).toEqual({ entry: 500, fault: 'place' });
    const doubled = log.entries.flatMap((entry) => (entry.seq === 500 ? [entry, entry] : [entry]));
    expect((await read(doubled)).faults[0]).toEqual({ entry: 501, fault: 'place' });
    expect((await read(log.entries.slice(0, 1200))).faults).toEqual([{ entry: 1200, fault: 'missing' }]);
    expect((await read([])).faults).toEqual([{ entry: 0, fault: 'missing' }]);
  });

  it('says so if the proofs do not lead to the signed root either', async () => {
    const wrong = { size, root: await sha256(joined(head.root)) };
    expect(await read(log.entries, null, wrong)).toMatchObject({ rootFits: false, located: false, faults: [] });
  });

  it('tells another history from an older head', async () => {
    const older = { size: 777, root: bytes(log.root(776)) };
    expect(await read(log.entries, older)).toMatchObject({ rootFits: true, begins: false });
  });

  it('counts what was erased or is withheld', async () => {
    const entries = altered(3, (entry) => ({ ...entry, body: null, salt: '' }));
    const more = entries.map((entry) => (entry.seq === 4 ? { ...entry, body: null, salt: '', withheld: true } : entry));
    expect(await read(more)).toMatchObject({ fits: size - 2, erased: 1, withheld: 1, faults: [], rootFits: true });
  });
});
