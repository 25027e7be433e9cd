/** What the options of every command say: the profile with its overrides, and the deadline. */
import { domainToASCII } from 'node:url';
import { parseDomain, parseIpv4, parseMailAddress } from '../../core/address.ts';
import { AppError } from '../../core/errors.ts';
import { Profile } from '../../core/profile.ts';
import { say, type Text } from '../../core/text.ts';
import { readProfile } from '../storage/read-document.ts';
import type { Arguments } from './arguments.ts';

export const text = (given: Arguments, option: string): string | undefined => {
  const value = given.values[option];
  return typeof value === 'string' ? value : undefined;
};

/** @returns milliseconds. @throws AppError `bad-option` */
export function readDeadline(value: string | undefined): number | null {
  if (value === undefined) return null;
  const seconds = Number(value);
  if (!/^\d+(\.\d+)?$/.test(value) || seconds <= 0 || seconds > 86_400)
    throw wrong('--deadline', value, say('Write a number of seconds between 1 and 86400.'));
  return seconds * 1000;
}

const wrong = (option: string, value: string, remedy: Text): AppError =>
  new AppError('bad-option', say('“{value}” is not a value for {option}.', { value: value.slice(0, 80), option }), {
    field: option,
    remedy,
  });

/** The profile of the file, each of its fields overridden by the option of its name. */
export async function assembleProfile(
  given: Arguments,
  askFor: (question: Text, option: string) => Promise<string>,
): Promise<Profile> {
  const file = text(given, 'profile');
  const saved = file === undefined ? null : await readProfile(file);
  const domainText =
    text(given, 'domain') ??
    saved?.domain ??
    (await askFor(say('Which mail domain is it, e.g. contoso.com?'), '--domain'));
  const domain = parseDomain(domainText, domainToASCII);
  if (domain === null) throw wrong('--domain', domainText, say('Write it like contoso.com.'));
  const profile: Profile = { ...(saved ?? Profile.parse({ domain, name: domain })), domain };
  const senderText = text(given, 'sender');
  if (senderText !== undefined) {
    const sender = parseMailAddress(senderText, domainToASCII);
    if (sender === null) throw wrong('--sender', senderText, say('Write it like scanner@{domain}.', { domain }));
    profile.sender = sender;
  }
  const addresses = given.values['public-ip'] as readonly string[] | undefined;
  if (addresses)
    profile.publicIps = addresses
      .flatMap((value) => value.split(','))
      .map((value) => {
        const address = parseIpv4(value);
        if (address === null) throw wrong('--public-ip', value, say('Write an IPv4 address like 203.0.113.7.'));
        return address;
      });
  const device = text(given, 'device');
  if (device !== undefined) {
    if (parseIpv4(device) === null && !/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i.test(device))
      throw wrong('--device', device, say('Write the device’s address like 192.168.1.50, or its name.'));
    const [first, ...others] = profile.devices;
    profile.devices = [{ name: '', brand: null, model: null, ...first, address: device }, ...others];
  }
  return profile;
}
