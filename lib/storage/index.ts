export { Image, type ImageFormat } from "./image";
export { type IStoragePool, StoragePool, type StoragePoolProps } from "./pool";
export { type IVolume, Volume, type VolumeProps } from "./volume";
