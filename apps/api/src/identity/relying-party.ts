/** Who passkeys answer to (WebAuthn's relying party): the host name under which people reach this server. */
import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import { Problem } from '../http/problem.js';
import { InstallationSettings } from '../installation.module.js';

@Injectable()
export class RelyingParty {
  readonly name = 'Sổ Cái';
  /** The RP ID: a host name without port. */
  readonly id: string;
  /** The origin of the pages, as a browser writes it into what is signed. */
  readonly origin: string;

  constructor({ config }: InstallationSettings) {
    const url = new URL(config.publicUrl);
    this.id = url.hostname;
    this.origin = url.origin;
  }

  /** Whether what was signed on a page of `origin` is taken. On localhost (a demonstration) the port does not matter. */
  accepts(origin: string): boolean {
    return origin === this.origin || (this.id === 'localhost' && originFits(origin, this.id));
  }

  /** Browsers make passkeys only for a host name over TLS, or on localhost. @throws Problem NOT_SUPPORTED */
  refuseUnusable(): void {
    const { protocol } = new URL(this.origin);
    if (this.id === 'localhost' || (protocol === 'https:' && isIP(this.id) === 0)) return;
    throw new Problem(
      'NOT_SUPPORTED',
      `Khóa truy cập chỉ tạo được khi trang mở bằng HTTPS với tên miền, không phải ${this.origin}. Hãy báo nhân viên CNTT đặt SOCAI_PUBLIC_URL.`,
    );
  }
}

/** Whether a browser lets a page of `origin` use passkeys of `rpId` (WebAuthn § 5.1.4.1): what audit can know by itself. */
export function originFits(origin: string, rpId: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, hostname, origin: written } = new URL(origin);
  if (written !== origin) return false;
  if (rpId === 'localhost') return hostname === 'localhost' && protocol === 'http:';
  return hostname === rpId || hostname.endsWith(`.${rpId}`);
}
