/** The Cluster slot of a hash tag, which is ASCII: CRC-16/XMODEM modulo 16384, as the Cluster specification says. */
export function clusterSlot(tag: string): number {
  let crc = 0
  for (let at = 0; at < tag.length; at += 1) {
    crc ^= tag.charCodeAt(at) << 8
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1
    crc &= 0xffff
  }
  return crc % 16_384
}
