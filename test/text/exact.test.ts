/** Exact numbers: what the text says, not what a float makes of it. */
import assert from 'node:assert/strict';
import { Exact } from '../../server/src/model/exact.ts';

const exact = (text: string) => Exact.parse(text)!;

describe('exact numbers', () => {
  it('adds decimals as they are written', () => assert.ok(exact('0.1').plus(exact('0.2')).equals(exact('0.3'))));
  it('tells 3.495 x 4.008 from 14', () => assert.equal(exact('3.495').times(exact('4.008')).compare(exact('14')), 1));
  it('divides into ratios and back', () => assert.ok(exact('1').dividedBy(exact('3'))!.times(exact('3')).equals(exact('1'))));
  it('has no quotient by zero', () => assert.equal(exact('1').dividedBy(exact('0.0')), undefined));
  it('compares 31-digit decimals', () => assert.equal(exact('1.000000000000000000000000000001').compare(exact('1')), 1));
  it('refuses 400 digits', () => assert.equal(Exact.parse('1'.repeat(400)), undefined));
  it('refuses what JSON has not', () => {
    for (const text of ['', 'NaN', '+1', '.5', '1.', '0x10', 'Infinity', '1e', '1e9999999'])
      assert.equal(Exact.parse(text), undefined, text);
  });
  it('keeps 15 digits and more apart from doubles', () => {
    assert.equal(exact('0.30000000000000004').compare(exact('0.3')), 1);
    assert.equal(exact('9007199254740993').compare(exact('9007199254740992')), 1);
  });
  it('gives by the quick ways for whole numbers what ratios give', () => {
    const parts = ['', '7', '12', '999', '499999999999999', '500000000000000', '999999999999999', '1000000000000000', '30000000000000004'];
    const texts = parts.flatMap(whole =>
      ['', '.0', '.5', '.000001'].flatMap(rest => ['', '-'].map(sign => `${sign}${whole || '0'}${rest}`)),
    );
    for (const text of [...texts, '1e3', '25e-1', '1e20', '-0']) {
      const one = exact(text);
      assert.equal(one.isInteger(), one.fraction.d === 1n, text);
      assert.equal(one.toString(60), Exact.ofFraction(one.fraction.mul(3n)).dividedBy(exact('3'))!.toString(60), text);
      for (const other of texts.map(exact)) {
        const sum = one.plus(other);
        assert.ok(sum.fraction.equals(one.fraction.add(other.fraction)), `${text} + ${other}`);
        assert.equal(sum.compare(Exact.ofFraction(sum.fraction)), 0);
      }
    }
  });
  it('is shown in full where it ends, else rounded and marked', () => {
    assert.equal(exact('14.50').toString(), '14.5');
    assert.equal(exact('-0.25').toString(), '-0.25');
    assert.equal(exact('2').dividedBy(exact('3'))!.toString(3), '≈0.667');
    assert.equal(exact('1e3').toString(), '1000');
  });
});
