/** The numbers that libvirt takes for an attribute. */
export interface Range {
  readonly least: number;
  /** Without end where libvirt reads 64 bits. */
  readonly most: number;
}

const INT = 2 ** 31 - 1;
const UNSIGNED = 2 ** 32 - 1;
const PORT = 65_535;

/** What IEEE 802.1Qbg has room for. */
const virtualPort = (place: string): [number, number, string][] => [
  [0, 0xff, `${place}.{any,vepa8021Qbg}.{managerId,typeIdVersion}`],
  [0, 0xff_ff_ff, `${place}.{any,vepa8021Qbg}.typeId`],
];

/** Least, most, and where; other rules say more of attributes that are not listed. */
const RANGES: readonly (readonly [least: number, most: number, places: string])[] = [
  [0, Infinity, "domain.{memory,currentMemory,cpu.numa.cell.memory}"],
  [0, Infinity, "domain.memoryTune.{hardLimit,softLimit,swapHardLimit}"],
  [0, Infinity, "domain.memoryBacking.memoryHugePages.hugepages.size"],
  [0, UNSIGNED, "domain.memoryBacking.memoryAllocation.threads"],
  [0, Infinity, "domain.cpu.numa.interconnects.latencies.value"],
  [0, INT, "domain.ioThreads"],
  [-1, PORT, "domain.os.bios.rebootTimeout"],
  [0, UNSIGNED, `domain.devices.{disks,filesystems,interfaces,serials,parallels,consoles,tpms}.acpi.index`],
  [0, UNSIGNED, `domain.devices.{sounds,videos,watchdogs,memBalloon,rngs,panics,shmems,vsock}.acpi.index`],
  [0, UNSIGNED, "domain.devices.disks.driver.{queues,queueSize}"],
  [0, UNSIGNED, "domain.devices.disks.geometry.{cylinders,headers,sectors}"],
  [0, UNSIGNED, "domain.devices.disks.blockIo.{logicalBlockSize,physicalBlockSize}"],
  [0, INT, "domain.devices.controllers.{index,usb.port,virtIoSerial.ports,virtIoSerial.vectors}"],
  [0, Infinity, "domain.devices.filesystems.{spaceHardLimit,spaceSoftLimit}"],
  [0, Infinity, "domain.devices.interfaces.tune.sndBuf"],
  [0, UNSIGNED, "domain.devices.interfaces.coalesce.rx.frames.max"],
  [0, UNSIGNED, "domain.devices.interfaces.portForward.ranges.{start,end,to}"],
  ...virtualPort("domain.devices.interfaces.virtualPort.params"),
  [0, UNSIGNED, "domain.devices.{interfaces.source.hostdev.pci,hostdevs.subsysPci.source}.address.domain"],
  [0, 0xff, "domain.devices.{interfaces.source.hostdev.pci,hostdevs.subsysPci.source}.address.bus"],
  [0, 0x1f, "domain.devices.{interfaces.source.hostdev.pci,hostdevs.subsysPci.source}.address.slot"],
  [0, 7, "domain.devices.hostdevs.subsysPci.source.address.function"],
  [
    0,
    UNSIGNED,
    "domain.devices.{interfaces.source.hostdev.pci,hostdevs.subsysPci.source}.address.zpci.{uid,fid}",
  ],
  [1, UNSIGNED, "domain.devices.{sounds,graphics}.audio.id"],
  [0, UNSIGNED, "domain.devices.audios.timerPeriod"],
  [0, INT, "domain.devices.audios.oss.dspPolicy"],
  [
    0,
    UNSIGNED,
    "domain.devices.audios.{alsa,coreAudio,dbus,file,jack,none,oss,pulseAudio,sdl}.{input,output}.{voices,bufferLength,settings.channels,settings.frequency}",
  ],
  [0, UNSIGNED, "domain.devices.audios.{coreAudio,oss,sdl}.{input,output}.bufferCount"],
  [0, UNSIGNED, "domain.devices.audios.pulseAudio.{input,output}.latency"],
  [0, UNSIGNED, "domain.devices.rngs.rate.bytes"],
  [0, Infinity, "domain.devices.shmems.size"],
  [0, UNSIGNED, "domain.devices.iommu.driver.awBits"],
  [0, PORT, "network.forward.nat.ports.{start,end}"],
  ...virtualPort("network.virtualPort.params"),
  ...virtualPort("network.portGroups.virtualPort.params"),
  [0, Infinity, "volume.target.clusterSize"],
];

/** The range of each attribute: `domain.memory`. */
export function numberRanges(): ReadonlyMap<string, Range> {
  return new Map(
    RANGES.flatMap(([least, most, places]) =>
      expand(places).map((place) => [place, { least, most }] as const),
    ),
  );
}

/** `a.{b,c}` is `a.b` and `a.c`. */
export function expand(places: string): string[] {
  const [, before, choice, after] = /^([^{]*)\{([^}]*)\}(.*)$/.exec(places) ?? [];
  if (choice === undefined) return [places];
  return choice.split(",").flatMap((each) => expand(`${before}${each}${after}`));
}
