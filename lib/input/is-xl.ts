/** Settings that nothing but a guest of Xen has, in this form; a name alone says nothing. */
const MARKS = [
  /^[ \t]*(?:disk|vif|vfb|vnuma)[ \t]*\+?=[ \t]*\[/m,
  /^[ \t]*type[ \t]*=[ \t]*["'](?:pv|pvh|hvm)["']/m,
  /^[ \t]*builder[ \t]*=[ \t]*["'](?:hvm|generic|linux)["']/m,
  /^[ \t]*(?:bootloader|on_poweroff|on_reboot|on_crash|ramdisk|maxmem|maxvcpus)[ \t]*=/m,
];
const WEAK = /^[ \t]*(?:memory|vcpus|kernel|extra|cmdline)[ \t]*=/m;
const NAME = /^[ \t]*name[ \t]*=[ \t]*["']/m;
const IS_CFG = /\.cfg$/i;
/** Sections and blocks, which xl.cfg has not: other files that assign values. */
const FOREIGN = /^[ \t]*(?:\[[\w.:-]+\][ \t]*$|[\w-]+(?:[ \t]+["'][^"'\n]*["'])*[ \t]*\{)/m;
/** Variables of Terraform look the same. */
const IS_TERRAFORM = /\.(?:tfvars|tf|hcl)$/i;

/** Whether a text is the xl configuration of a guest: by what it assigns, and for less than that by its file's name. */
export function isXl(file: string, text: string): boolean {
  if (IS_TERRAFORM.test(file) || FOREIGN.test(text)) return false;
  const marks = MARKS.filter((mark) => mark.test(text)).length;
  if (IS_CFG.test(file)) return marks > 0 || (NAME.test(text) && WEAK.test(text));
  return marks > 0 && NAME.test(text);
}
