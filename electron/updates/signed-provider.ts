/** Where electron-updater gets its news from: our folder on the server, and only what is signed. */
import { Provider, type AppUpdater, type ResolvedUpdateFileInfo, type UpdateInfo } from 'electron-updater';
import { parseUpdateInfo, resolveFiles, type ProviderRuntimeOptions } from 'electron-updater/out/providers/Provider.js';
import { requireSignature } from './signature.ts';
import type { UpdateFeed } from './updates.ts';

const MOST_CHARACTERS = 100_000;

export class SignedProvider extends Provider<UpdateInfo> {
  readonly #base: URL;
  readonly #key: string;

  constructor(options: { readonly feed: UpdateFeed }, _updater: AppUpdater, runtime: ProviderRuntimeOptions) {
    super(runtime);
    this.#base = new URL(options.feed.url.replace(/\/*$/, '/'));
    if (this.#base.protocol !== 'https:' && this.#base.hostname !== '127.0.0.1')
      throw new Error(`not an https address: ${this.#base.href}`);
    this.#key = options.feed.key;
  }

  /** electron-updater would send a number that is this computer's own. */
  override setRequestHeaders(): void {
    super.setRequestHeaders(null);
  }

  override async getLatestVersion(): Promise<UpdateInfo> {
    const file = `${this.getDefaultChannelName()}.yml`;
    const text = await this.#read(file);
    requireSignature(file, text, await this.#read(`${file}.sig`), this.#key);
    return parseUpdateInfo(text, file, new URL(file, this.#base));
  }

  override resolveFiles(info: UpdateInfo): ResolvedUpdateFileInfo[] {
    return resolveFiles(info, this.#base);
  }

  async #read(file: string): Promise<string> {
    return ((await this.httpRequest(new URL(file, this.#base))) ?? '').slice(0, MOST_CHARACTERS);
  }
}
