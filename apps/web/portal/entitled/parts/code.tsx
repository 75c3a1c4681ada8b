import type { ReactNode } from 'react';
import { usePage } from '../../../page.tsx';
import type { QrCode } from '../qr.ts';

/** The answers as a QR code. */
export function Code({ qr: { size, path } }: { readonly qr: QrCode }): ReactNode {
  const { t } = usePage();
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t('entitled.qr')} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
